using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Sluice.Api.Management.Live;

/// <summary>
/// Writes server-sent events. The first one is a snapshot, the others have what has changed. Their ids say nothing: a
/// client that connects again, whatever the last id it has, begins with a new snapshot.
/// </summary>
internal sealed class LiveEvents(PipeWriter output)
{
    /// <summary>Bytes after which a writer waits for its reader.</summary>
    private const int ChunkBytes = 64 << 10;

    private readonly HashSet<string> _sent = [];
    private LiveSight? _sight;
    private long _version;

    /// <summary>Sends what is new to the listener; returns false if nothing is.</summary>
    public async Task<bool> SendAsync(LiveSnapshot snapshot, LiveSight sight, CancellationToken ct)
    {
        if (snapshot.Version == _version && sight == _sight)
            return false;
        List<LiveItem> seen = [.. snapshot.Items.Where(sight.Sees)];
        List<LiveItem> changed = [.. seen.Where(item => item.Version > _version || !_sent.Contains(item.ScopeId))];
        List<string> removed = [.. _sent.Except(seen.Select(static item => item.ScopeId)).Order()];
        var isFirst = _version == 0;
        (_version, _sight) = (snapshot.Version, sight);
        if (!isFirst && changed.Count == 0 && removed.Count == 0)
            return false;
        _sent.ExceptWith(removed);
        _sent.UnionWith(changed.Select(static item => item.ScopeId));

        var unsent = 0;
        Write($"event: {(isFirst ? "snapshot" : "change")}\nid: {Id}\ndata: {{\"items\":[");
        for (var i = 0; i < changed.Count; i++)
        {
            if (i > 0)
                Write(",");
            output.Write(changed[i].Json);
            unsent += changed[i].Json.Length;
            if (unsent < ChunkBytes)
                continue;
            unsent = 0;
            await output.FlushAsync(ct);
        }

        // Ids have letters and digits only, so they are JSON in quotes.
        Write(isFirst
            ? "],\"next\":null}\n\n"
            : $"],\"removed\":[{string.Join(',', removed.Select(static id => $"\"{id}\""))}]}}\n\n");
        await output.FlushAsync(ct);
        return true;
    }

    /// <summary>Sends a comment, which readers skip.</summary>
    public async Task KeepAliveAsync(CancellationToken ct)
    {
        Write(": keep-alive\n\n");
        await output.FlushAsync(ct);
    }

    private string Id => _version.ToString(CultureInfo.InvariantCulture);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);
}
