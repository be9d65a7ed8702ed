using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Sluice.EndToEnd.Consoles;

/// <summary>
/// Follows every link that someone who has signed in is shown, and the links on what comes, without a browser. Pages
/// of one kind (the same address but for ids) are opened a few times only.
/// </summary>
internal sealed partial class ConsoleCrawl(IPage page)
{
    private const int OfAKindMax = 3;

    private readonly Dictionary<string, int> _kinds = [];
    private readonly HashSet<string> _seen = [];
    private readonly Queue<(string Address, string From)> _ahead = new();

    /// <summary>The addresses of the pages that were opened, one of each kind.</summary>
    public List<string> Pages { get; } = [];

    /// <summary>What was wrong, with its address.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How long the slowest page took from request to its last byte.</summary>
    public (TimeSpan Time, string Address) Slowest { get; private set; }

    /// <summary>Follows the links from some pages on.</summary>
    /// <param name="start">The addresses to start from.</param>
    /// <param name="language">The language that every page has to be in.</param>
    public async Task RunAsync(IEnumerable<string> start, string language)
    {
        foreach (var address in start)
            Add(address, "start");
        while (_ahead.TryDequeue(out var next))
            await OpenAsync(next.Address, next.From, language);
    }

    private void Add(string address, string from)
    {
        // What signs out or changes the language is no page of its own.
        if (address.StartsWith("/console/sign-out", StringComparison.Ordinal)
            || address.Contains("language=", StringComparison.Ordinal)
            || address.Contains("theme=", StringComparison.Ordinal)
            || !_seen.Add(address))
            return;
        var kind = KindOf(address);
        var count = _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        if (count <= OfAKindMax)
            _ahead.Enqueue((address, from));
    }

    private async Task OpenAsync(string address, string from, string language)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await page.Context.APIRequest.GetAsync(address, new() { MaxRedirects = 5 });
        var text = await answer.TextAsync();
        var time = Stopwatch.GetElapsedTime(started);
        if (answer.Status != 200)
            Faults.Add($"{address} (from {from}): {answer.Status}");
        if (!answer.Headers.GetValueOrDefault("content-type", "").StartsWith("text/html", StringComparison.Ordinal))
            return;
        if (time > Slowest.Time)
            Slowest = (time, address);
        if (!Pages.Exists(page => KindOf(page) == KindOf(address)))
            Pages.Add(address);
        if (!text.Contains($"<html lang=\"{language}\"", StringComparison.Ordinal))
            Faults.Add($"{address}: is not in {language}");
        if (text.Contains("class=\"notice bad\"", StringComparison.Ordinal))
            Faults.Add($"{address} (from {from}): {NoticeOf().Match(text).Groups["text"].Value}");
        foreach (Match link in LinkOf().Matches(text))
            Add(WebUtility.HtmlDecode(link.Groups["address"].Value), address);
    }

    private static string KindOf(string address) => ValueOf().Replace(IdOf().Replace(address, "/{id}"), "=");

    [GeneratedRegex("href=\"(?<address>/console[^\"#]*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LinkOf();

    [GeneratedRegex("/[a-z]{1,3}[0-9A-Za-z]{11}(?=/|$|\\?)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex IdOf();

    [GeneratedRegex("=[^&]*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ValueOf();

    [GeneratedRegex(
        "class=\"notice bad\"[^>]*>(?<text>.{0,200})", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1_000)]
    private static partial Regex NoticeOf();
}
