namespace Sluice.Api.Management.Exports;

/// <summary>The formats of an export.</summary>
internal enum ExportFormat
{
    /// <summary>A table (RFC 4180) with a header line and a column for every metric.</summary>
    Csv,

    /// <summary>An event a line, each as in the list of events.</summary>
    Ndjson,

    /// <summary>Apache Parquet, with typed columns.</summary>
    Parquet,
}
