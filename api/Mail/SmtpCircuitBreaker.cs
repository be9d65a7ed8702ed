namespace Sluice.Api.Mail;

/// <summary>
/// How long this node leaves a mail server alone that can't be used: from a second, doubled with every attempt that
/// fails again, to a quarter of a minute, so that everything goes out within seconds when it is back. Thread-safe.
/// </summary>
internal sealed class SmtpCircuitBreaker(TimeProvider time)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private TimeSpan _length;
    private long _since;

    /// <summary>The last pause, or the one that lasts; zero while the server works.</summary>
    public TimeSpan Length
    {
        get
        {
            lock (_lock)
                return _length;
        }
    }

    /// <summary>Whether nothing is to be sent now.</summary>
    public bool Lasts
    {
        get
        {
            lock (_lock)
                return LastsNeedsLock;
        }
    }

    private bool LastsNeedsLock => time.GetElapsedTime(_since) < _length;

    /// <summary>The server could not be used. Several mails that see the same failure at once pause once.</summary>
    /// <returns>Whether it worked before.</returns>
    public bool Begin()
    {
        lock (_lock)
        {
            var worked = _length == TimeSpan.Zero;
            if (!worked && LastsNeedsLock)
                return false;
            var next = worked ? First : _length * 2;
            (_length, _since) = (next < Longest ? next : Longest, time.GetTimestamp());
            return worked;
        }
    }

    /// <summary>The server has answered.</summary>
    /// <returns>Whether it had not worked before.</returns>
    public bool End()
    {
        lock (_lock)
        {
            var ended = _length > TimeSpan.Zero;
            _length = TimeSpan.Zero;
            return ended;
        }
    }
}
