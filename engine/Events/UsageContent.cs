using Sluice.Metering.Metrics;

namespace Sluice.Engine.Events;

/// <summary>The content of one event as sent by the caller, validated but not rated. Reused by parsers.</summary>
public sealed class UsageContent
{
    /// <summary>Maximum metrics per event, not counting derived metrics and the request itself.</summary>
    public const int MetricsMax = 12;

    /// <summary>The caller's id; null if none was sent.</summary>
    public string? Id { get; set; }

    public string Model { get; set; } = "";

    public string Member { get; set; } = "";

    /// <summary>The time sent by the caller, in Unix milliseconds; null for now.</summary>
    public long? AtMs { get; set; }

    /// <summary>
    /// Whether the sender stamps the time at every attempt, as senders of CloudEvents do: the same event with another
    /// time is then a repeat and not a conflict.
    /// </summary>
    public bool TimeIsStamped { get; set; }

    public bool Record { get; set; }

    public bool Memory { get; set; }

    /// <summary>The lifetime of a reservation in seconds; 0 if not sent.</summary>
    public int TtlSeconds { get; set; }

    /// <summary>The quantities in the order sent, each metric once.</summary>
    public List<Quantity> Quantities { get; } = [];

    public void Clear()
    {
        Id = null;
        Model = Member = "";
        AtMs = null;
        Record = Memory = TimeIsStamped = false;
        TtlSeconds = 0;
        Quantities.Clear();
    }
}
