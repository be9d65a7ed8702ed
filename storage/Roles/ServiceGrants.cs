namespace Sluice.Storage.Roles;

/// <summary>
/// All rights of the service's role: what its statements need, and no more. A test fails if a table is not listed. On
/// what is history there is neither <c>update</c> nor <c>delete</c>, and no role but the owner ever has
/// <c>truncate</c>, <c>references</c> or <c>trigger</c>.
/// </summary>
internal static class ServiceGrants
{
    private const string
        Read = "select",
        Append = "select, insert",
        Change = "select, insert, update",
        Replace = "select, insert, delete",
        All = "select, insert, update, delete";

    /// <summary>The functions that do with the owner's rights what the service may not do itself.</summary>
    public static IReadOnlyList<string> Functions { get; } =
    [
        "create_ledger_day(date)",
        "drop_ledger_day(date)",
        "create_event_ids(integer)",
        "drop_event_ids(integer)",
        "drop_ledger_generation(integer)",
    ];

    /// <summary>The rights on each table, and on its partitions.</summary>
    public static IReadOnlyList<TableGrant> Tables { get; } =
    [
        // History: what happened, what was billed, what it cost.
        new("ledger", Read),
        new("ledger_block", Append),
        new("event_id", Append),
        new("event_id_future", "select, update"),
        new("ledger_cut", Read),
        new("audit_log", Append),
        new("statement", Append),
        new("statement_line", Append),
        new("statement_total", Append),
        new("price", Append),
        new("price_book", $"{Append}, update (withdrawn_at)"),
        new("metric", Append),

        // Who exists, and what they may spend. Usage refers to them, so they are marked, never deleted.
        new("tenant", Change),
        new("project", Change),
        new("member", Change),
        new("api_key", Change),
        new("access_token", Change),
        new("subscription", Change),
        new("seat", Change),
        new("quota_request", Change),
        new("invitation", Change),
        new("invitation_use", Append),
        new("usage_threshold_contact", Change),
        new("limit_version", Change),
        new("usage_limit", All),
        new("project_member", All),
        new("recovery_code", All),
        new("console_session", All),
        new("default_quota", Replace),
        new("retired_secret", Replace),
        new("idempotency", All),

        // Metering. The ledger is the truth; these are sums of it, and rights that nodes hold.
        new("edge_session", Change),
        new("authority_epoch", Change),
        new("lease", All),
        new("usage_account", All),
        new("settled_usage", Change),
        new("open_hold", All),
        new("hold_line", All),
        new("usage_rollup", Change),
        new("usage_day", Change),
        new("usage_month", All),
        new("usage_label", Replace),
        new("threshold_mark", Change),
        new("threshold_armed", Append),

        // Notifications, which are deleted once they are settled and old.
        new("transition", $"{Replace}, update (told_at)"),
        new("mail", All),
        new("mail_delivery", Replace),
        new("webhook", Change),
        new("webhook_delivery", All),

        // The cluster.
        new("job_run", Change),
        new("cluster_certificate", Append),
        new("cluster_version", All),
        new("cluster_member", All),
        new("orleansquery", Read),
        new("data_protection_key", $"{Append}, update (xml)"),

        // The owner's.
        new("schema_migration", Read),
        new("ledger_retention", Read),
    ];

    /// <summary>The tables whose rows the service can neither change nor delete, history among them.</summary>
    public static IReadOnlyList<string> Kept { get; } =
    [
        .. Tables.Where(static grant =>
                !grant.Privileges.Contains("update", StringComparison.Ordinal)
                && !grant.Privileges.Contains("delete", StringComparison.Ordinal))
            .Select(static grant => grant.Table),
    ];
}
