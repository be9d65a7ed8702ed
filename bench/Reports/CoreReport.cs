using System.Globalization;
using System.Text;
using Sluice.Bench.Core;

namespace Sluice.Bench.Reports;

/// <summary>Writes the operations of the core as Markdown.</summary>
internal static class CoreReport
{
    public static string Write(IReadOnlyList<CoreResult> results)
    {
        var text = new StringBuilder("| operation, one thread | ns | per second | bytes allocated |\n")
            .Append("|---|--:|--:|--:|\n");
        foreach (var result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {result.Name} | {result.NanosecondsPerOperation:0.0} | ")
                .Append(CultureInfo.InvariantCulture, $"{result.OperationsPerSecond:N0} | ")
                .Append(CultureInfo.InvariantCulture, $"{result.BytesPerOperation:0.##} |\n");
        }

        return text.ToString();
    }
}
