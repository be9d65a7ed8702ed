namespace Sluice.Api.Management.Live;

/// <summary>The state of a tenant as one poll has found it. Shared by all listeners, and never changed.</summary>
internal sealed class LiveSnapshot
{
    private readonly Dictionary<string, LiveItem> _byScope;

    private LiveSnapshot(long version, IReadOnlyList<LiveItem> items)
    {
        Version = version;
        Items = items;
        _byScope = items.ToDictionary(static item => item.ScopeId);
    }

    /// <summary>Rises whenever anything changes.</summary>
    public long Version { get; }

    public IReadOnlyList<LiveItem> Items { get; }

    /// <summary>
    /// Returns the snapshot that follows another one: the same, if nothing has changed. Items that have not changed
    /// keep the version in which they became so, by which a listener finds those that have.
    /// </summary>
    /// <param name="before">The previous snapshot; null for the first.</param>
    /// <param name="states">Each scope's id and its state as JSON.</param>
    public static LiveSnapshot After(LiveSnapshot? before, IEnumerable<(string ScopeId, byte[] Json)> states)
    {
        var version = (before?.Version ?? 0) + 1;
        List<LiveItem> items =
        [
            .. states.Select(state => before?._byScope.GetValueOrDefault(state.ScopeId) is { } same
                && same.Json.AsSpan().SequenceEqual(state.Json)
                    ? same
                    : new LiveItem(state.ScopeId, state.Json, version)),
        ];
        return before is not null && items.Count == before.Items.Count
            && items.TrueForAll(item => item.Version != version)
                ? before
                : new LiveSnapshot(version, items);
    }
}
