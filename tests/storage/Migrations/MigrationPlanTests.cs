using Xunit;

namespace Sluice.Storage.Migrations;

public sealed class MigrationPlanTests
{
    [Fact]
    public void NumbersWithAGap_AreRefused_NamingTheFileAfterIt()
    {
        var error = Refused(() => MigrationPlan.Of([Numbered(1), Numbered(3)]));

        Assert.Contains("0002 before 0003_step.sql", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersThatDoNotBeginAtOne_AreRefused() => Refused(() => MigrationPlan.Of([Numbered(2)]));

    [Fact]
    public void TheSameNumberTwice_IsRefused_NamingBothFiles()
    {
        var error = Refused(() => MigrationPlan.Of([Numbered(1), new Migration(1, "other", "select 1")]));

        Assert.Contains("0001_step.sql and 0001_other.sql", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000_zero.sql")]
    [InlineData("1_short.sql")]
    [InlineData("00001_long.sql")]
    [InlineData("0001-dash.sql")]
    [InlineData("0001_Capital.sql")]
    [InlineData("control.sql")]
    public void AFileNotCalledByItsNumber_IsRefused(string fileName) =>
        Refused(() => EmbeddedMigrations.Parse(fileName, "select 1"));

    [Fact]
    public void AFile_IsKnownByItsNumberAndName()
    {
        var migration = EmbeddedMigrations.Parse("0012_price_book.sql", "select 1");

        Assert.Equal((12, "price_book", "0012_price_book.sql"), (migration.Number, migration.Name, migration.FileName));
    }

    [Fact]
    public void LineEndsAndAByteOrderMark_DoNotChangeTheChecksum()
    {
        var here = new Migration(1, "step", "select 1;\nselect 2;\n");

        Assert.Equal(here.Checksum, new Migration(1, "step", "select 1;\r\nselect 2;\r\n").Checksum);
        Assert.Equal(here.Checksum, new Migration(1, "step", "\uFEFFselect 1;\nselect 2;\n").Checksum);
        Assert.NotEqual(here.Checksum, new Migration(1, "step", "select 1;\nselect 3;\n").Checksum);
    }

    private static Migration Numbered(int number) => new(number, "step", $"select {number}");

    private static MigrationException Refused(Action action)
    {
        var error = Assert.Throws<MigrationException>(action);
        Assert.Equal(MigrationProblem.Numbering, error.Problem);
        return error;
    }
}
