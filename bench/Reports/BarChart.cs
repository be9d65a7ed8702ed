using System.Globalization;
using System.Security;
using System.Text;
using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>Draws rates as horizontal bars, in SVG that a browser shows directly.</summary>
internal static class BarChart
{
    private const int LabelWidthMin = 250;
    private const int LetterWidth = 7;
    private const int BarWidthMax = 420;
    private const int RowHeight = 34;
    private const int BarHeight = 20;
    private const int Margin = 16;
    private const int ValueWidth = 110;

    public static string Draw(IReadOnlyList<RowResult> results)
    {
        var rows = RowResult.WithOtherBuilds(results);
        var labelWidth = Math.Max(LabelWidthMin, rows.Max(row => row.Name.Length) * LetterWidth);
        var width = labelWidth + BarWidthMax + ValueWidth + (2 * Margin);
        var height = (rows.Count * RowHeight) + (2 * Margin);
        var top = rows.Max(row => row.EventsPerSecond) ?? 1;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} ")
            .Append(CultureInfo.InvariantCulture, $"{height}\" font-family=\"sans-serif\" font-size=\"13\"")
            .Append(" role=\"img\" aria-label=\"Events per second of each contender\">\n")
            .Append(CultureInfo.InvariantCulture, $"  <rect width=\"{width}\" height=\"{height}\" ")
            .Append("fill=\"#ffffff\"/>\n");
        for (var i = 0; i < rows.Count; i++)
            DrawRow(svg, rows[i], Margin + labelWidth, Margin + (i * RowHeight), top);
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawRow(StringBuilder svg, RowResult row, int barStart, int y, double top)
    {
        var baseline = y + 15;
        var rate = row.EventsPerSecond ?? 0;
        var length = (int)Math.Round(rate / top * BarWidthMax);
        var value = row.EventsPerSecond is null
            ? "not run"
            : rate.ToString("N0", CultureInfo.InvariantCulture) + "/s";
        var colour = row.Name.StartsWith("Sluice", StringComparison.Ordinal) ? "#1769aa" : "#9aa5b1";
        svg.Append(CultureInfo.InvariantCulture, $"  <text x=\"{barStart - 10}\" y=\"{baseline}\" text-anchor=\"end\">")
            .Append(CultureInfo.InvariantCulture, $"{SecurityElement.Escape(row.Name)}</text>\n")
            .Append(CultureInfo.InvariantCulture, $"  <rect x=\"{barStart}\" y=\"{y}\" width=\"{length}\" ")
            .Append(CultureInfo.InvariantCulture, $"height=\"{BarHeight}\" rx=\"2\" fill=\"{colour}\"/>\n")
            .Append(CultureInfo.InvariantCulture, $"  <text x=\"{barStart + length + 8}\" y=\"{baseline}\">")
            .Append(CultureInfo.InvariantCulture, $"{value}</text>\n");
    }
}
