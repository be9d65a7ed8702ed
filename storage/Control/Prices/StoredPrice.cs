namespace Sluice.Storage.Control.Prices;

/// <summary>The price of one metric of one model.</summary>
/// <param name="Model">The model's name, or <c>*</c> for every model without a price of its own.</param>
/// <param name="Metric">Number of the metric.</param>
/// <param name="PerUnits">The number of whole units (tokens, seconds) the amounts are for; above 0.</param>
/// <param name="AmountMicros">Millionths of the book's currency.</param>
/// <param name="CreditsMicros">Millionths of a credit.</param>
public sealed record StoredPrice(string Model, short Metric, long PerUnits, long AmountMicros, long CreditsMicros);
