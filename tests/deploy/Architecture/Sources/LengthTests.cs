using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Sources;

public sealed class LengthTests
{
    private const int FileLinesMax = 400;
    private const int LineLengthMax = 120;

    [Fact]
    public void NoFileIsTooLongToBeReadAtOnce() => Findings.AreNone(
        Repository.SourceFiles.Select(f => (File: f, Lines: Repository.ReadLines(f).Length))
            .Where(f => f.Lines > FileLinesMax).Select(f => $"{f.File}: {f.Lines}"));

    [Fact]
    public void NoLineIsTooLongToBeReadBesideAnother() => Findings.AreNone(
        Repository.Files.Where(IsCode).SelectMany(f => Repository.ReadLines(f)
            .Select((line, i) => (Place: $"{f}:{i + 1}", line.Length))
            .Where(l => l.Length > LineLengthMax).Select(l => $"{l.Place}: {l.Length}")));

    private static bool IsCode(string file) =>
        Path.GetExtension(file) is ".cs" or ".sql" or ".sh" or ".csproj" or ".props" or ".razor" or ".css" or ".js"
        || file is "run" or "test";
}
