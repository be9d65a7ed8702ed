using System.Diagnostics.Metrics;
using Sluice.Engine.Edges;

namespace Sluice.Engine.Hosting;

/// <summary>Metrics of the edge and its ledger: what waits, what was folded, what fails.</summary>
internal sealed class EdgeMetrics : IDisposable
{
    public const string MeterName = "Sluice.Edge";

    private readonly Meter _meter;

    public EdgeMetrics(IMeterFactory meters, Edge edge)
    {
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge(
            "sluice.ledger.queued", () => edge.Counts.Queued, "{event}", "Events that wait to be written.");
        _meter.CreateObservableGauge(
            "sluice.ledger.failing", () => edge.LedgerFails ? 1 : 0, description: "1 while batches fail.");
        _meter.CreateObservableGauge(
            "sluice.sums.pending", () => edge.Counts.PendingSums, "{row}", "Usage sums that wait to be written.");
        _meter.CreateObservableGauge(
            "sluice.sums.failing", () => edge.SumsFail ? 1 : 0, description: "1 while usage sums can't be written.");
        _meter.CreateObservableCounter(
            "sluice.sums.folded", () => edge.Counts.FoldedSums, "{row}", "Sums folded into those of other labels.");
        _meter.CreateObservableGauge(
            "sluice.reservations.open", () => edge.Counts.Reservations, "{reservation}", "Open reservations.");
    }

    public void Dispose() => _meter.Dispose();
}
