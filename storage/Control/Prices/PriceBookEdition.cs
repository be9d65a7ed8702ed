namespace Sluice.Storage.Control.Prices;

/// <summary>A price book without its prices, for lists.</summary>
public sealed record PriceBookEdition
{
    public required long Id { get; init; }

    /// <summary>When it comes into force.</summary>
    public required DateTimeOffset EffectiveFrom { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it is the one that usage of its currency is rated by now.</summary>
    public required bool IsInForce { get; init; }

    /// <summary>The number of its prices.</summary>
    public required int Prices { get; init; }
}
