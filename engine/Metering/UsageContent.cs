using Sluice.Metering.Metrics;

namespace Sluice.Engine.Metering;

/// <summary>What a caller says in one event, checked but not rated. Reused by parsers.</summary>
public sealed class UsageContent
{
    /// <summary>Metrics of one event beside the derived ones and the request itself.</summary>
    public const int MetricsMax = 12;

    /// <summary>Null where the caller gave none.</summary>
    public string? Id { get; set; }

    public string Model { get; set; } = "";

    public string Member { get; set; } = "";

    /// <summary>The time the caller gave, Unix milliseconds; null for now.</summary>
    public long? AtMs { get; set; }

    public bool Record { get; set; }

    public bool Memory { get; set; }

    /// <summary>0 where not given.</summary>
    public int TtlSeconds { get; set; }

    /// <summary>In the order given, each metric once.</summary>
    public List<Quantity> Quantities { get; } = [];

    public void Clear()
    {
        Id = null;
        Model = Member = "";
        AtMs = null;
        Record = Memory = false;
        TtlSeconds = 0;
        Quantities.Clear();
    }
}
