namespace Sluice.Api.Mail;

/// <summary>
/// Pauses this node's use of a mail server that can't be used: from a second, doubled with every further failure, to a
/// quarter of a minute, so that everything is sent within seconds once it is back. Thread-safe.
/// </summary>
internal sealed class SmtpCircuitBreaker(TimeProvider time)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private TimeSpan _length;
    private long _since;

    /// <summary>The length of the last or current pause; zero while the server works.</summary>
    public TimeSpan Length
    {
        get
        {
            lock (_lock)
                return _length;
        }
    }

    /// <summary>Whether nothing may be sent now.</summary>
    public bool Lasts
    {
        get
        {
            lock (_lock)
                return LastsNeedsLock;
        }
    }

    private bool LastsNeedsLock => time.GetElapsedTime(_since) < _length;

    /// <summary>
    /// Begins a pause after a failure. Several mails that fail at the same time begin one pause only.
    /// </summary>
    /// <returns>Whether the server worked before.</returns>
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

    /// <summary>Ends the pause: the server has answered.</summary>
    /// <returns>Whether the server did not work before.</returns>
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
