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

    private static final String SOURCE = "Java source of ";

    private RuleCompiler() {}

    /** What a compilation gave: a container, or messages. */
    record Result(KieContainer container, ReleaseId id, List<Error> errors) {}

    /**
     * One message of the compiler.
     *
     * @param text what it says
     * @param source the Java that it made of the rules and that it is about; empty if it is about the rules themselves
     * @param at where in that Java
     */
    record Error(String text, String source, int at) {}

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
        int number = 0;
        for (String text : texts.values()) {
            files.write("src/main/resources/rules/file" + number++ + ".drl", text);
        }
        KieBuilder builder = services.newKieBuilder(files, RuleCompiler.class.getClassLoader());
        List<Error> errors = new ArrayList<>();
        try {
            builder.buildAll(ExecutableModelProject.class);
            errors(builder.getResults().getMessages(Message.Level.ERROR), errors);
        } catch (RuntimeException fault) {
            errors.add(new Error(String.valueOf(fault.getMessage()), "", 0));
        }
        return errors.isEmpty()
                ? new Result(services.newKieContainer(id, RuleCompiler.class.getClassLoader()), id, errors)
                : new Result(null, id, errors);
    }

    /** Each error in the Java made of the rules is followed by that Java; the column counts from its beginning. */
    private static void errors(List<Message> messages, List<Error> errors) {
        Map<String, String> sources = new HashMap<>();
        for (Message message : messages) {
            if (message.getText().startsWith(SOURCE)) {
                String text = message.getText();
                int end = Math.max(0, text.indexOf('\n'));
                sources.put(text.substring(SOURCE.length(), end).replace(" in error:", ""), text.substring(end + 1));
            }
        }
        for (Message message : messages) {
            if (!message.getText().startsWith(SOURCE)) {
                String source = sources.getOrDefault(message.getPath(), "");
                errors.add(new Error(message.getText(), source, message.getColumn()));
            }
        }
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
