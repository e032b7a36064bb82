package io.tocsin.bus;

import io.vertx.core.eventbus.DeliveryOptions;

/** Every event bus address: publisher, consumer, how, body. Bodies on public addresses are JSON, so that consumers need no class of ours. */
public final class Address {
    /** For the internal addresses: never leaves this process. */
    public static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    private Address() {}

    // Public: any Vert.x application in the Hazelcast cluster may use these.

    /** Anyone → any member, request. One telemetry message or an array; reply {@code {accepted, rejected:[{index, error}]}}. */
    public static final String TELEMETRY = "tocsin.telemetry";

    /** Members → anyone, publish. Array of {@code component_health} messages. */
    public static final String COMPONENT_HEALTH = "tocsin.health.component_health";

    /** Members → anyone, publish. Array of {@code cluster_health} messages, derived ones included. */
    public static final String CLUSTER_HEALTH = "tocsin.health.cluster_health";

    /** Members → anyone, publish. Array of {@code health_check} messages. */
    public static final String HEALTH_CHECK = "tocsin.health.health_check";

    /** Members → anyone, publish. Array of {@code throughput} messages. */
    public static final String THROUGHPUT = "tocsin.metrics.throughput";

    /** Members → anyone, publish. Array of {@code latency} messages. */
    public static final String LATENCY = "tocsin.metrics.latency";

    /** Members → anyone, publish. Array of {@code resource_usage} messages. */
    public static final String RESOURCE_USAGE = "tocsin.metrics.resource_usage";

    /** Members → anyone, publish. Array of {@code metric} messages. */
    public static final String METRIC = "tocsin.metrics.metric";

    /** Members → anyone, publish. Array of {@code metric_alert} messages, derived ones included. */
    public static final String METRIC_ALERT = "tocsin.metrics.metric_alert";

    /** Members → anyone, publish. Array of {@code debug_trace} messages. */
    public static final String DEBUG_TRACE = "tocsin.diagnostics.debug_trace";

    /** Members → anyone, publish. Array of {@code performance_analysis} messages. */
    public static final String PERFORMANCE_ANALYSIS = "tocsin.diagnostics.performance_analysis";

    /** Members → anyone, publish. Array of {@code system_state} messages. */
    public static final String SYSTEM_STATE = "tocsin.diagnostics.system_state";

    /** Owner → anyone, publish. One {@code alert} document per transition. */
    public static final String ALERTS = "tocsin.alerts";

    /** Owner → anyone, publish. The same, for one type: append the {@code alert_type}. */
    public static final String ALERTS_OF_TYPE = "tocsin.alerts.type.";

    /** Owner → anyone, publish. One {@code alert_ack} message. */
    public static final String ALERT_ACK = "tocsin.alerts.ack";

    /** Owner → anyone, publish. One {@code alert_escalation} message. */
    public static final String ALERT_ESCALATION = "tocsin.alerts.escalation";

    /** Anyone → owner, request. {@code {alert_id, acknowledged_by, ack_message, ack_for?}}; reply: the alert, or a failure naming the reason. */
    public static final String COMMAND_ACK = "tocsin.command.ack";

    /** Anyone → owner, request. {@code {alert_id, resolved_by}}; reply: the alert, or a failure naming the reason. */
    public static final String COMMAND_RESOLVE = "tocsin.command.resolve";

    /** Owner → anyone, publish. {@code {alert_id, alert_type, severity, cluster, node, timestamp}} of an alert that became critical; who knows more sends a {@code system_state} with the label {@code alert_id} to {@link #TELEMETRY}. */
    public static final String CAPTURE = "tocsin.diagnostics.capture";

    // Internal: local to one member.

    /** Lanes → capture, local publish. The document of an alert that fired as critical or became so. */
    public static final String CRITICAL = "tocsin.local.critical";

    /** API → reloader, local request. Body empty; reply: {@code {rule_hash, cases:[{file, name, line, passed}]}} of the last rules that were tried and taken, null if there were none. */
    public static final String PROVED = "tocsin.local.proved";

    /** Collectors → switchboard, local request. A {@link TelemetryBatch}; reply: null once evaluated and committed, or a failure. */
    public static final String INTAKE = "tocsin.local.intake";

    /** Switchboard → lane, local request. Append the lane's number; a {@link TelemetryBatch} of its clusters. */
    public static final String LANE = "tocsin.local.lane.";

    /** Switchboard → lane, local request. Append the lane's number; a command with {@code what} and {@code cluster}; reply: the alert. */
    public static final String LANE_COMMAND = "tocsin.local.command.";

    /** Lanes → switchboard, local publish: {@code {lane, vacant}}, when a lane has lost its thread and when it has the next. */
    public static final String LANE_VACANT = "tocsin.local.lane.vacant";

    /** Switchboard → lane, local request. Append the lane's number; body and reply as for {@link #QUERY}. */
    public static final String LANE_QUERY = "tocsin.local.query.";

    /** API → switchboard → lanes, local request. {@code {what: clusters|health|readings|readings-since|nodes|series|history|tally|rules|why-not|suppressed, cluster?, …}}; reply: JSON. */
    public static final String QUERY = "tocsin.local.query";

    /** API → this member, local request. Body empty; reply: {@code {result: {member, minority, members: [...], strangers: [...]}}}. */
    public static final String MEMBERS = "tocsin.local.members";

    /** API and signal → reloader, local request. {@code {trigger: http|signal, force?}}; reply: {@code {status, body}}. */
    public static final String RELOAD = "tocsin.local.reload";

    /** API → reloader, local request. Body empty; reply: how the last reload went, null if there was none. */
    public static final String RELOADED = "tocsin.local.reloaded";

    /** Reloader → switchboard → lanes, local request. A compiled rule set; reply once every lane runs under it. */
    public static final String RULES = "tocsin.local.rules";

    /** Switchboard → lane, local request. Append the lane's number; body and reply as for {@link #RULES}. */
    public static final String LANE_RULES = "tocsin.local.rules.";

    /** Reloader → switchboard → lane, local request. {@code {cluster, file, line, problem}}, or no problem: all is well. */
    public static final String VERDICT = "tocsin.local.verdict";

    /** API → switchboard, local request. As {@link #COMMAND_ACK}, from somebody whom the API knows or answers for. */
    public static final String API_ACK = "tocsin.local.ack";

    /** API → switchboard, local request. As {@link #COMMAND_RESOLVE}, from somebody whom the API knows or answers for. */
    public static final String API_RESOLVE = "tocsin.local.resolve";

    /** Anybody here → record of actions, local publish. {@code {actor, action, target, outcome, detail, client}}; nobody vouches for the actor. */
    public static final String AUDIT = "tocsin.local.audit";

    /** Signal and API → API, local publish. Body empty: certificates and accounts are to be read again. */
    public static final String RELOAD_ACCESS = "tocsin.local.reload.access";

    // Internal: between members. The address of one member ends with its place, host:port.

    /** Member → member. Append the other's {@code host:port} and what it is about; {@code .clock}: request, reply {@code {at_ms}}. */
    public static final String MEMBER = "tocsin.member.";

    /** Sender of a receiver → members, publish. {@code {receiver, up, reason?, alert_id?}}: how the receiver is. */
    public static final String MEMBER_RECEIVERS = "tocsin.member.receivers";

    /** Lanes → notifiers of all members, publish. Append the name of a receiver that has something due; body: an empty string. */
    public static final String OUTBOX = "tocsin.member.outbox.";

    /** Member → owner, request. Packed telemetry with headers {@code from} and {@code seq}; reply: the clusters that are not its own. */
    public static final String MEMBER_TELEMETRY = "tocsin.member.telemetry.";

    /** Member → owner, request. A checked command with {@code what} and {@code cluster}; reply: the alert. */
    public static final String MEMBER_COMMAND = "tocsin.member.command.";

    /** Member → owner or all, request. The body of {@link #QUERY}; reply: an array with the answer of each lane. */
    public static final String MEMBER_QUERY = "tocsin.member.query.";

    /** Member → members, publish. The mark of a session that somebody ended; nobody gets in with it. */
    public static final String MEMBER_LOGOUT = "tocsin.member.logout";
}
