using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Api.DataPlane;

/// <summary>Writes reservations as the ledger has them.</summary>
internal static class ReservationWriter
{
    public static void Write(UsageWriter writer, ReservationReading reading, MetricCatalogue metrics)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("id"u8, reading.Found.Opened.EventId);
        json.WriteString("state"u8, Words.Of(reading.State));
        json.WriteString("createdAt"u8, UsageWriter.Instant(reading.Found.Opened.AdmittedAtMs));
        json.WriteString("expiresAt"u8, UsageWriter.Instant(reading.Found.ExpiresAtMs));
        WriteEntry(writer, reading.Found.Opened, metrics);
        if (reading.Found.End is { Kind: EntryKind.Commit } commit)
        {
            json.WriteStartObject("committed"u8);
            json.WriteString("at"u8, UsageWriter.Instant(commit.AdmittedAtMs));
            WriteEntry(writer, commit, metrics);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(UsageWriter writer, FoundEntry entry, MetricCatalogue metrics)
    {
        var json = writer.Json;
        json.WriteString("model"u8, entry.Model);
        json.WriteString("member"u8, entry.Member);
        json.WriteStartObject("metrics"u8);
        var money = new Dictionary<MetricId, long>();
        for (var line = 0; line < entry.Metrics.Length; line++)
        {
            var metric = metrics[new MetricId(entry.Metrics[line])];
            if (metric.Derived)
                money[metric.Id] = entry.Units[line];
            else
                writer.Number(metric.Name, entry.Units[line], metric.Decimals);
        }

        json.WriteEndObject();
        writer.Number("amount", money.GetValueOrDefault(MetricId.Amount), metrics[MetricId.Amount].Decimals);
        writer.Number("credits", money.GetValueOrDefault(MetricId.Credits), metrics[MetricId.Credits].Decimals);
    }
}
