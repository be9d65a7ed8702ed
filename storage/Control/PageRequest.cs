namespace Sluice.Storage.Control;

/// <summary>Which page of a list.</summary>
/// <param name="After">Id of the last item of the page before; null for the first page.</param>
/// <param name="Limit">How many items at most, 1 to <see cref="MaxLimit"/>.</param>
public sealed record PageRequest(long? After, int Limit)
{
    public const int DefaultLimit = 50;

    public const int MaxLimit = 500;
}
