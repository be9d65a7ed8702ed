using Sluice.WebConsole.Parts;
using Sluice.WebConsole.Texts;
using Xunit;

namespace Sluice.EndToEnd.Consoles;

/// <summary>Numbers as people enter them, and messages of the API as they are shown.</summary>
public sealed class EnteredTests
{
    [Theory]
    [InlineData("en", "1200.5", "1200.5")]
    [InlineData("en", "1,200.5", "1200.5")]
    [InlineData("en", " 1,234,567 ", "1234567")]
    [InlineData("en", "1 600.5", "1600.5")]
    [InlineData("en", "-5", "-5")]
    [InlineData("fr", "1030.5", "1030.5")]
    [InlineData("fr", "1 030,50", "1030.50")]
    [InlineData("fr", "1\u202f030,5", "1030.5")]
    // A comma where English has a point: it must not become a number a hundred times as large.
    [InlineData("en", "10,24", null)]
    [InlineData("en", "1 600,5", null)]
    [InlineData("en", "12,5", null)]
    [InlineData("en", "1,2345", null)]
    [InlineData("en", "1,234.5,678", null)]
    [InlineData("en", "1.2.3", null)]
    [InlineData("en", "80, 95", null)]
    [InlineData("fr", "1,2,3", null)]
    [InlineData("en", "many", null)]
    public void ANumber_IsReadAsItsLanguageWritesIt_OrNotAtAll(string language, string text, string? expected)
    {
        var isNumber = Entered.TryNumber(text, Language.Of(language), out var number);

        Assert.Equal(expected is not null, isNumber);
        Assert.Equal(expected, number?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Must be given.", "Doit être indiqué.")]
    [InlineData("Must be at most 1000.", "Doit être au plus 1000.")]
    [InlineData("The caller lacks the permission 'quota:set'.", "L'autorisation « quota:set » manque.")]
    [InlineData("Has at most 6 decimals; it is never rounded.", "Au plus 6 décimales ; rien n'est arrondi.")]
    [InlineData("Something that is not known.", "Something that is not known.")]
    public void AMessageOfTheApi_IsInTheLanguageOfThePage(string message, string shown)
    {
        Assert.Equal(shown, Language.French.OfApi(message));
        Assert.Equal(message, Language.English.OfApi(message));
    }
}
