using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Sources;

public sealed partial class LengthTests
{
    private const int FileLinesMax = 400;
    private const int LineLengthMax = 120;
    private const int MarkupLengthMax = 160;

    [Fact]
    public void NoFileIsTooLongToBeReadAtOnce() => Findings.AreNone(
        Repository.SourceFiles.Select(f => (File: f, Lines: Repository.ReadLines(f).Length))
            .Where(f => f.Lines > FileLinesMax).Select(f => $"{f.File}: {f.Lines}"));

    [Fact]
    public void NoLineIsTooLongToBeReadBesideAnother() => Findings.AreNone(
        Repository.Files.Where(IsCode).SelectMany(f => Repository.ReadLines(f)
            .Select((line, i) => (Place: $"{f}:{i + 1}", line.Length, Line: line))
            .Where(l => l.Length > MaxOf(f, l.Line)).Select(l => $"{l.Place}: {l.Length}")));

    /// <summary>
    /// In pages a text for people can't be broken, nor can an element within one where a space would show.
    /// </summary>
    private static int MaxOf(string file, string line) =>
        !file.EndsWith(".razor", StringComparison.Ordinal) ? LineLengthMax
        : IsText().IsMatch(line) ? int.MaxValue
        : MarkupLengthMax;

    private static bool IsCode(string file) =>
        Path.GetExtension(file) is ".cs" or ".sql" or ".sh" or ".csproj" or ".props" or ".razor" or ".css" or ".js"
        || file is "run" or "test";

    [GeneratedRegex("""(T|t|[Ll]anguage)\["[^"]""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex IsText();
}
