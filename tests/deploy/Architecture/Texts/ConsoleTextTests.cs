using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Texts;

/// <summary>The console's texts are written in English where they are used; each has its French.</summary>
public sealed partial class ConsoleTextTests
{
    private const string French = "console/Texts/french.tsv";
    /// <summary>The shortest part of a message that is one.</summary>
    private const int PartMin = 8;
    private const string FrenchOfApi = "console/Texts/french-api.tsv";

    private static readonly Lazy<Dictionary<string, string>> Translations = new(() => Repository.ReadLines(French)
        .Select(static line => line.Split('\t')).ToDictionary(static pair => pair[0], static pair => pair[1]));

    [Fact]
    public void EveryTextOfTheConsole_HasItsFrench() => Findings.AreNone(
        Sources().SelectMany(static file => Used().Matches(Repository.Read(file)).Select(match => (file, Text(match))))
            .Where(static use => !Translations.Value.ContainsKey(use.Item2))
            .Select(static use => $"{use.file}: {use.Item2}"));

    [Fact]
    public void ATranslation_HasThePlacesOfItsText() => Findings.AreNone(
        Translations.Value.Where(static pair => !Places(pair.Key).SetEquals(Places(pair.Value)))
            .Select(static pair => $"{pair.Key} -> {pair.Value}"));

    [Fact]
    public void Translations_AreSorted_AndEachIsThere() => Findings.AreNone(
        Repository.ReadLines(French).Zip(Repository.ReadLines(French).Order(StringComparer.Ordinal))
            .Where(static pair => pair.First != pair.Second || pair.First.Split('\t') is not [_, { Length: > 0 }])
            .Select(static pair => pair.First).Take(3));

    /// <summary>
    /// A message that the API no longer has would be translated for nothing, or a new wording not at all.
    /// </summary>
    [Fact]
    public void TranslatedMessages_AreThoseOfTheApi() => Findings.AreNone(
        Repository.ReadLines(FrenchOfApi).Select(static line => line.Split('\t')[0])
            .Where(static message => Place().Split(message).All(static part => part.Length < PartMin)
                || !Place().Split(message).All(ApiSources.Value.Contains)));

    /// <summary>Who speaks to the browser says what they see (WCAG 2.5.3).</summary>
    [Fact]
    public void TheLabelOfALink_ContainsWhatIsSeen_InBothLanguages() => Findings.AreNone(
        Sources().SelectMany(static file => Labelled().Matches(Repository.Read(file)))
            .Select(static match => (Label: match.Groups["label"].Value, Seen: match.Groups["seen"].Value))
            .SelectMany(static link => ((string Label, string Seen)[])
                [link, (Translations.Value[link.Label], Translations.Value[link.Seen])])
            .Where(static link => !link.Label.Contains(link.Seen, StringComparison.CurrentCultureIgnoreCase))
            .Select(static link => $"{link.Seen} is labelled: {link.Label}"));

    private static readonly Lazy<string> ApiSources = new(() => string.Join('\n', Repository.Files
        .Where(static file => file.EndsWith(".cs", StringComparison.Ordinal))
        .Where(static file => file.Split('/')[0] is "api" or "engine" or "storage" or "metering")
        .Select(Repository.Read)));

    private static IEnumerable<string> Sources() => Repository.Files.Where(static file =>
        file.StartsWith("console/", StringComparison.Ordinal)
        && (file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)));

    private static string Text(Match match) => Regex.Unescape(match.Groups["text"].Value);

    private static HashSet<string> Places(string text) =>
        [.. Place().Matches(text).Select(static match => match.Value)];

    [GeneratedRegex("""(\bT|\bt|[Ll]anguage)\["(?<text>([^"\\]|\\.)*)"[\],]""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Used();

    [GeneratedRegex(
        """aria-label="@[Tt]\["(?<label>[^"]*)"[^>]*>\s*@[Tt]\["(?<seen>[^"]*)"\]""",
        RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Labelled();

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1_000)]
    private static partial Regex Place();
}
