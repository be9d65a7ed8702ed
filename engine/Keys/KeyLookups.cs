using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Time;
using Sluice.Storage.Control.Credentials;

namespace Sluice.Engine.Keys;

/// <summary>
/// Looks up the keys that this process has not used yet. Ids of known keys have a lane of their own, so that a flood of
/// guessed ones, however well formed, delays none of them; the others share few queries, and each address has a bound.
/// </summary>
/// <remarks>
/// Known are the keys that existed when the process started, and those found since. A key that was made elsewhere a
/// moment ago is therefore unknown once: it is found by its first use, without any message between nodes that could be
/// late or lost.
/// </remarks>
public sealed class KeyLookups
{
    public const string MeterName = "Sluice.Keys";

    /// <summary>Minimum pause between two queries for unknown ids: at most 50 of them a second.</summary>
    internal const int UnknownPauseMs = 20;

    /// <summary>Room for keys made after the known ones were read, before they are read again.</summary>
    private const int SpareIds = 100_000;

    /// <summary>Interval of attempts to read the known ids, and of looks whether they must be read again.</summary>
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    private readonly CredentialStore _store;
    private readonly ProcessClock _clock;
    private readonly ILogger<KeyLookups> _logger;
    private readonly LookupLane _knownLane;
    private readonly LookupLane _unknownLane;
    private readonly UnknownKeyLimiter _limiter = new();
    private readonly Counter<long> _lookups;
    private KnownKeyIds? _known;

    public KeyLookups(CredentialStore store, ProcessClock clock, IMeterFactory meters, ILogger<KeyLookups> logger)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _store = store;
        _clock = clock;
        _logger = logger;
        _knownLane = new LookupLane(store, clock, pauseMs: 0);
        _unknownLane = new LookupLane(store, clock, UnknownPauseMs);
        _lookups = meters.Create(MeterName).CreateCounter<long>(
            "sluice.keys.lookups", "{lookup}", "Keys that had to be looked up, by result.");
    }

    /// <summary>Queries for unknown ids since the start.</summary>
    internal long UnknownQueries => _unknownLane.Queries;

    /// <summary>
    /// Checks whether an address may have an id looked up: always if it may be a key. Until the known ids have been
    /// read, any may be.
    /// </summary>
    public bool Allows(long keyId, IPAddress address)
    {
        if (MayBeKnown(keyId) || _limiter.TryTake(address, _clock.MonotonicMs))
            return true;
        Count("limited");
        return false;
    }

    /// <summary>Finds a key; null if there never was one with that id. A key that has ended says why.</summary>
    /// <param name="keyId">The id.</param>
    /// <param name="isTrusted">Whether the id comes from a gateway or this process, not from an unknown sender.</param>
    /// <exception cref="NpgsqlException">The store can't be reached.</exception>
    public async Task<Credential?> FindAsync(long keyId, bool isTrusted)
    {
        var credential = await (isTrusted || MayBeKnown(keyId) ? _knownLane : _unknownLane).FindAsync(keyId);
        if (credential is not null)
            Volatile.Read(ref _known)?.Add(keyId);
        Count(credential is null ? "unknown" : "found");
        return credential;
    }

    /// <summary>Reads the known ids, and reads them again when too many have been added.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (_known is not { IsFull: false })
                    await ReadKnownAsync(stop);
                await Task.Delay(ReadEvery, _clock.Time, stop);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                KeyLog.IdsUnread(_logger, e.Message);
                await Task.Delay(ReadEvery, _clock.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    internal async Task ReadKnownAsync(CancellationToken ct)
    {
        var known = new KnownKeyIds(SpareIds + (2 * await _store.CountAsync(ct)));
        await _store.ReadIdsAsync(known.Add, ct);

        // A key that is found between the read and this line is unknown once more, which costs one slower look-up.
        Volatile.Write(ref _known, known);
    }

    private bool MayBeKnown(long keyId) => Volatile.Read(ref _known)?.MayContain(keyId) ?? true;

    private void Count(string result) => _lookups.Add(1, new KeyValuePair<string, object?>("result", result));
}
