using System.Diagnostics.Metrics;

namespace Sluice.Api.Mail;

/// <summary>Metrics of mail: sent, failed and abandoned, and the age of the oldest that waits.</summary>
internal sealed class MailMetrics : IDisposable
{
    public const string MeterName = "Sluice.Mail";

    private readonly Meter _meter;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _dead;
    private readonly TimeProvider _time;
    private long _oldestMs = long.MaxValue;

    public MailMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(MeterName);
        _sent = _meter.CreateCounter<long>("sluice.mail.sent", "{mail}", "Mails that were sent.");
        _failed = _meter.CreateCounter<long>(
            "sluice.mail.failed", "{attempt}", "Attempts after which a mail waits on.");
        _dead = _meter.CreateCounter<long>("sluice.mail.dead", "{mail}", "Mails that were given up.");
        _meter.CreateObservableGauge(
            "sluice.mail.oldest", Age, "s", "Age of the oldest mail that waits; 0 without one.");
    }

    public void Sent() => _sent.Add(1);

    public void Failed() => _failed.Add(1);

    public void Dead() => _dead.Add(1);

    /// <summary>Sets the time since which the oldest mail has been waiting.</summary>
    public void Oldest(DateTimeOffset? at) =>
        Interlocked.Exchange(ref _oldestMs, at?.ToUnixTimeMilliseconds() ?? long.MaxValue);

    public void Dispose() => _meter.Dispose();

    private double Age()
    {
        var oldestMs = Interlocked.Read(ref _oldestMs);
        return oldestMs == long.MaxValue ? 0 : Math.Max(0, _time.GetUtcNow().ToUnixTimeMilliseconds() - oldestMs) / 1e3;
    }
}
