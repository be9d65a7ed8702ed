using Microsoft.AspNetCore.WebUtilities;

namespace Sluice.WebConsole.Parts;

/// <summary>Changes the query of a page's address, where its filters, sort and range are.</summary>
internal static class Address
{
    /// <summary>Returns an address with other values; null removes one.</summary>
    public static string With(string address, params (string Name, string? Value)[] changes)
    {
        var split = address.IndexOf('?', StringComparison.Ordinal);
        var path = split < 0 ? address : address[..split];
        var query = split < 0 ? [] : QueryHelpers.ParseQuery(address[split..]);
        foreach (var (name, value) in changes)
        {
            if (value is null)
                query.Remove(name);
            else
                query[name] = value;
        }

        return QueryHelpers.AddQueryString(path, query);
    }

    /// <summary>Returns where to go back to: an address of the console, and nothing else.</summary>
    public static string BackOr(string? back, string otherwise) =>
        back is { Length: > 0 and < 2_000 }
            && (back == "/console" || back.StartsWith("/console/", StringComparison.Ordinal)
                || back.StartsWith("/console?", StringComparison.Ordinal))
            && !back.Contains('\\', StringComparison.Ordinal)
                ? back
                : otherwise;
}
