using System.Collections.Frozen;
using System.Collections.Immutable;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Prices;

/// <summary>
/// All price lists of an installation, past and planned. Immutable: publishing an edition makes a new book. Usage is
/// rated once, with the prices in force when it is admitted.
/// </summary>
public sealed class PriceBook
{
    /// <summary>The book before any edition is published: everything is unpriced.</summary>
    public static readonly PriceBook Empty = Create([], MetricCatalogue.BuiltIn);

    private readonly FrozenDictionary<string, ImmutableArray<PriceList>> _byCurrency;
    private readonly PriceList _none;

    private PriceBook(FrozenDictionary<string, ImmutableArray<PriceList>> byCurrency, PriceList none)
    {
        _byCurrency = byCurrency;
        _none = none;
    }

    /// <summary>Creates a book from editions.</summary>
    /// <param name="editions">In any order; each was checked with <see cref="PriceRules"/> before it was
    /// stored.</param>
    /// <param name="metrics">The metrics they refer to.</param>
    /// <exception cref="ArgumentException">An edition breaks a rule.</exception>
    public static PriceBook Create(IReadOnlyCollection<PriceEdition> editions, MetricCatalogue metrics)
    {
        foreach (var edition in editions)
        {
            var broken = PriceRules.Check(edition, metrics);
            if (broken.IsEmpty)
                continue;
            var first = $"edition {edition.Id}: {broken[0].Field}: {broken[0].Message}";
            throw new ArgumentException(first, nameof(editions));
        }

        var byCurrency = editions
            .GroupBy(static e => e.Currency, StringComparer.Ordinal)
            .ToFrozenDictionary(static g => g.Key, g => ListsOf(g, metrics), StringComparer.Ordinal);
        return new PriceBook(byCurrency, new PriceList([], metrics, long.MinValue, long.MaxValue));
    }

    /// <summary>
    /// Gets the prices in force: the edition with the latest date not after <paramref name="nowMs"/>; of several with
    /// that date, the one published last. If there is none, a list on which nothing has a price.
    /// </summary>
    /// <param name="currency">The tenant's currency.</param>
    /// <param name="nowMs">The instant of admission, Unix milliseconds.</param>
    public PriceList At(string currency, long nowMs)
    {
        if (!_byCurrency.TryGetValue(currency, out var lists))
            return _none;
        for (var i = lists.Length - 1; i > 0; i--)
        {
            if (lists[i].EffectiveFromMs <= nowMs)
                return lists[i];
        }

        return lists[0];
    }

    /// <summary>
    /// Lists editions by rising date, starting with an empty list for the time before the first edition.
    /// </summary>
    private static ImmutableArray<PriceList> ListsOf(IEnumerable<PriceEdition> editions, MetricCatalogue metrics)
    {
        var inForce = editions
            .GroupBy(static e => e.EffectiveFromMs)
            .Select(static sameDate => sameDate.MaxBy(static e => e.Id)!)
            .OrderBy(static e => e.EffectiveFromMs)
            .ToArray();
        var lists = ImmutableArray.CreateBuilder<PriceList>(inForce.Length + 1);
        lists.Add(new PriceList([], metrics, long.MinValue, inForce[0].EffectiveFromMs));
        for (var i = 0; i < inForce.Length; i++)
        {
            var until = i + 1 < inForce.Length ? inForce[i + 1].EffectiveFromMs : long.MaxValue;
            lists.Add(new PriceList(inForce[i].Prices, metrics, inForce[i].EffectiveFromMs, until));
        }

        return lists.DrainToImmutable();
    }
}
