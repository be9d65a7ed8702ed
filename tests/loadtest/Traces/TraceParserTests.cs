using Sluice.LoadTest.Traces;
using Xunit;

namespace Sluice.LoadTest.Tests.Traces;

public sealed class TraceParserTests
{
    [Fact]
    public void Parse_ReadsRows_WithWindowsLineEndsAndNoFinalNewline()
    {
        var rows = Parse("TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:15:46.6805900,374,44\r\n"
            + "2023-11-16 18:15:50.9951690,396,109");

        Assert.Equal(
            [new TraceRow(TimeSpan.Zero, 374, 44), new TraceRow(TimeSpan.FromTicks(43_145_790), 396, 109)], rows);
    }

    [Fact]
    public void Parse_FindsColumnsByName_InAnyOrderAmongOthers()
    {
        var rows = Parse("GeneratedTokens,Model,timestamp,ContextTokens\n7,x,2023-11-16T18:15:46Z,5\n");

        Assert.Equal([new TraceRow(TimeSpan.Zero, 5, 7)], rows);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("TIMESTAMP,ContextTokens\n", "GeneratedTokens")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,1\n", "Line 2")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,1,2\nnever,1,2\n", "Line 3")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,1.5,2\n", "'1.5'")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,1,-2\n", "'-2'")]
    public void Parse_NamesWhatIsWrong_AndWhere(string csv, string words)
    {
        var wrong = Assert.Throws<FormatException>(() => Parse(csv));

        Assert.Contains(words, wrong.Message, StringComparison.Ordinal);
    }

    private static TraceRow[] Parse(string csv) => TraceParser.Parse(new StringReader(csv));
}
