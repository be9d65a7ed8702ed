using System.Diagnostics.Metrics;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Webhooks;

/// <summary>The meter <c>Sluice.Webhooks</c>: attempts by result, and webhooks that were disabled.</summary>
internal sealed class WebhookMetrics
{
    public const string Name = "Sluice.Webhooks";

    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _disabled;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _attempts = meter.CreateCounter<long>("sluice.webhooks.attempts", "{attempt}", "Attempts to deliver.");
        _duration = meter.CreateHistogram<double>("sluice.webhooks.duration", "s", "How long an attempt takes.");
        _disabled = meter.CreateCounter<long>("sluice.webhooks.disabled", "{webhook}", "Webhooks that were disabled.");
    }

    public void Attempted(DeliveryEnd end, TimeSpan took)
    {
        var outcome = end.IsDelivered ? "delivered" : end.RetryAt is null ? "dead" : "retry";
        _attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
    }

    public void Disabled(string reason) => _disabled.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
