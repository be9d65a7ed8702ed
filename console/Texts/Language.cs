using System.Collections.Frozen;
using System.Globalization;

namespace Sluice.WebConsole.Texts;

/// <summary>
/// A language of the console. Texts are written in English where they are used; the resource file of another language
/// has a line for each of them, with a tab between the English text and its own.
/// </summary>
public sealed class Language
{
    public static readonly Language English = new("en", "English", null, null, ',', '.');

    public static readonly Language French = new(
        "fr", "Français", Read("Sluice.WebConsole.Texts.french.tsv"),
        new ApiMessages(Read("Sluice.WebConsole.Texts.french-api.tsv")), '\u202f', ',');

    public static readonly IReadOnlyList<Language> All = [English, French];

    private readonly FrozenDictionary<string, string>? _texts;

    private readonly ApiMessages? _messages;

    private Language(
        string code,
        string name,
        FrozenDictionary<string, string>? texts,
        ApiMessages? messages,
        char group,
        char point)
    {
        _messages = messages;
        Code = code;
        Name = name;
        _texts = texts;
        Group = group;
        Point = point;
    }

    /// <summary>The ISO 639-1 code.</summary>
    public string Code { get; }

    /// <summary>Its name in itself.</summary>
    public string Name { get; }

    /// <summary>Separates groups of three digits.</summary>
    public char Group { get; }

    /// <summary>Separates the decimals.</summary>
    public char Point { get; }

    /// <summary>Returns a text in this language; the English one if it is missing.</summary>
    public string this[string text] => _texts?.GetValueOrDefault(text) ?? text;

    /// <summary>Returns a text with values in the places of <c>{0}</c>, <c>{1}</c> and so on.</summary>
    public string this[string text, params object?[] values] =>
        string.Format(CultureInfo.InvariantCulture, this[text], values);

    /// <summary>Returns a message of the API in this language; the English one if it is missing.</summary>
    public string OfApi(string message) => _messages?[message] ?? message;

    /// <summary>Whether a text has its own in this language.</summary>
    internal bool Has(string text) => _texts is null || _texts.ContainsKey(text);

    /// <summary>Returns the language of a code; English for one that there is not.</summary>
    public static Language Of(string? code) =>
        All.FirstOrDefault(language => string.Equals(language.Code, code, StringComparison.OrdinalIgnoreCase))
        ?? English;

    private static FrozenDictionary<string, string> Read(string resource)
    {
        using var reader = new StreamReader(typeof(Language).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split('\t', 2))
            .ToFrozenDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
    }
}
