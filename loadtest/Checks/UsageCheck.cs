using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Checks;

/// <summary>
/// Compares sent usage with the server's figures, scope by scope, to the unit: once with the ledger (usage) and once
/// with the live counters (state), which must agree as soon as traffic stops.
/// </summary>
internal sealed class UsageCheck(UsageReader reader, TimeProvider time)
{
    private const string Metric = "text_tokens";

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Compares until all is equal or <paramref name="settleFor"/> has passed: acknowledged usage becomes visible
    /// within a second.
    /// </summary>
    /// <returns>The first difference, or null if there is none.</returns>
    /// <exception cref="ManagementException">The server refused a call.</exception>
    public async Task<string?> FindDifferenceAsync(
        ExpectedUsage expected, TimeSpan settleFor, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var difference = await CompareAsync(expected, cancellation);
            if (difference is null || time.GetElapsedTime(started) >= settleFor)
                return difference;
            await Task.Delay(PollEvery, time, cancellation);
        }
    }

    private async Task<string?> CompareAsync(ExpectedUsage expected, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var created = expected.Fleet.CreatedAt;
        var span = UsageSpan.Covering(created, now);

        // The live counters cover the current month only; a fleet may be older.
        var stateCoversAll = (created.Year, created.Month) == (now.Year, now.Month);
        foreach (var tenant in expected.Fleet.Tenants)
        {
            var wanted = expected.Of(tenant);
            var difference = await CompareUsageAsync(wanted, span, cancellation)
                ?? (stateCoversAll ? await CompareStateAsync(wanted, cancellation) : null);
            if (difference is not null)
                return difference;
        }

        return null;
    }

    private async Task<string?> CompareUsageAsync(
        TenantExpectation wanted, UsageSpan span, CancellationToken cancellation)
    {
        var byKey = await reader.ReadGroupedAsync(wanted.TenantId, span, "key", cancellation);
        var byProject = await reader.ReadGroupedAsync(wanted.TenantId, span, "project", cancellation);
        var total = await reader.ReadTotalAsync(wanted.TenantId, span, cancellation);
        return FirstDifference("key", wanted.Keys, byKey)
            ?? FirstDifference("project", wanted.Projects, byProject)
            ?? Difference("usage", "tenant", wanted.TenantId, wanted.Total, total);
    }

    private async Task<string?> CompareStateAsync(TenantExpectation wanted, CancellationToken cancellation)
    {
        var state = await reader.ReadStateAsync(wanted.TenantId, Metric, cancellation);
        var scopes = wanted.Keys.Select(key => (Kind: "key", Id: key.Key, Tokens: key.Value))
            .Concat(wanted.Projects.Select(project => ("project", project.Key, project.Value)))
            .Append(("tenant", wanted.TenantId, wanted.Total));
        foreach (var (kind, id, tokens) in scopes)
        {
            var entry = state.GetValueOrDefault(id);
            if (Difference("state", kind, id, tokens, entry.Used) is { } difference)
                return difference;
            if (entry.Held != 0)
                return $"state of {kind} {id}: {entry.Held} text_tokens are still held, expected none";
        }

        return null;
    }

    private static string? FirstDifference(
        string kind, IReadOnlyDictionary<string, long> wanted, Dictionary<string, decimal> said)
    {
        foreach (var (id, tokens) in wanted)
        {
            if (Difference("usage", kind, id, tokens, said.GetValueOrDefault(id)) is { } difference)
                return difference;
        }

        // Usage in a scope to which nothing was sent is a difference as well.
        var strange = said.FirstOrDefault(pair => pair.Value != 0 && !wanted.ContainsKey(pair.Key));
        return strange.Key is null ? null : Difference("usage", kind, strange.Key, 0, strange.Value);
    }

    private static string? Difference(string source, string kind, string id, long sent, decimal said) => said == sent
        ? null
        : $"{source} of {kind} {id}: sent {sent} text_tokens, the server says {said} (difference {said - sent:+0;-0})";
}
