namespace Sluice.Api.Management.Exports;

/// <summary>The media types of exports.</summary>
internal static class ExportTypes
{
    public const string Csv = "text/csv; charset=utf-8";

    public const string Ndjson = "application/x-ndjson";

    public const string Parquet = "application/vnd.apache.parquet";

    /// <summary>Returns the format that a caller prefers; CSV if it names none.</summary>
    public static ExportFormat Preferred(HttpRequest http)
    {
        var accepted = http.GetTypedHeaders().Accept;
        return Enum.GetValues<ExportFormat>().MaxBy(format => accepted
            .Where(type => TypeOf(format).StartsWith(type.MediaType.ToString(), StringComparison.OrdinalIgnoreCase))
            .Select(static type => type.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max());
    }

    /// <summary>Returns the media type of a format.</summary>
    public static string TypeOf(ExportFormat format) => format switch
    {
        ExportFormat.Csv => Csv,
        ExportFormat.Ndjson => Ndjson,
        _ => Parquet,
    };
}
