using System.Runtime.CompilerServices;
using Sluice.Client.Wire;

namespace Sluice.Client;

/// <summary>Reads lists to their end.</summary>
public static class Pages
{
    /// <summary>Reads page after page; ends after the last one, or after the first problem.</summary>
    /// <typeparam name="T">The type of a page.</typeparam>
    /// <param name="read">Reads the page after a position; null is the first one.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async IAsyncEnumerable<SluiceResult<T>> ReadAsync<T>(
        Func<string?, Task<SluiceResult<T>>> read, [EnumeratorCancellation] CancellationToken ct = default)
        where T : class, IPaged
    {
        ArgumentNullException.ThrowIfNull(read);
        string? after = null;
        do
        {
            ct.ThrowIfCancellationRequested();
            var page = await read(after).ConfigureAwait(false);
            yield return page;
            after = page.Value?.Next;
        }
        while (after is not null);
    }
}
