package io.tocsin.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.compiler.kproject.models.KieBaseModelImpl;
import org.drools.model.Rule;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieContainer;

/** Compiles rule texts into one Drools package, whatever their folders. */
final class RuleCompiler {
    private static final AtomicLong COUNT = new AtomicLong();

    private RuleCompiler() {}

    /** What a compilation gave: a container, or messages. */
    record Result(KieContainer container, ReleaseId id, List<String> errors) {}

    /**
     * Compiles.
     *
     * @param texts DRL by file name
     */
    static Result compile(Map<String, String> texts) {
        KieServices services = KieServices.get();
        ReleaseId id = services.newReleaseId("io.tocsin", "rules", "1." + COUNT.incrementAndGet());
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(id);
        texts.forEach((name, text) ->
                files.write("src/main/resources/rules/" + name.replaceAll("[^A-Za-z0-9.]+", "_"), text));
        KieBuilder builder = services.newKieBuilder(files, RuleCompiler.class.getClassLoader());
        List<String> errors = new ArrayList<>();
        try {
            builder.buildAll(ExecutableModelProject.class);
            for (Message message : builder.getResults().getMessages(Message.Level.ERROR)) {
                errors.add(message.getText());
            }
        } catch (RuntimeException fault) {
            errors.add(String.valueOf(fault.getMessage()));
        }
        return errors.isEmpty()
                ? new Result(services.newKieContainer(id, RuleCompiler.class.getClassLoader()), id, errors)
                : new Result(null, id, errors);
    }

    /** The compiled rules as the engine was given them, by name. */
    static Map<String, Rule> rules(Result result) {
        CanonicalKieModule module =
                (CanonicalKieModule) KieServices.get().getRepository().getKieModule(result.id());
        Map<String, Rule> rules = new HashMap<>();
        module.getKieModuleModel().getKieBaseModels().values().stream()
                .flatMap(base -> module.getModelForKBase((KieBaseModelImpl) base).stream())
                .flatMap(model -> model.getRules().stream())
                .forEach(rule -> rules.put(rule.getName(), rule));
        return rules;
    }

    /** Frees a compilation: its classes and its module. */
    static void discard(Result result) {
        if (result.container() != null) {
            result.container().dispose();
        }
        KieServices.get().getRepository().removeKieModule(result.id());
    }
}
