namespace Sluice.Storage.Control;

/// <summary>The requested page of a list.</summary>
/// <param name="After">Id of the last item of the previous page; null for the first page.</param>
/// <param name="Limit">Maximum number of items, 1 to <see cref="MaxLimit"/>.</param>
public sealed record PageRequest(long? After, int Limit)
{
    public const int DefaultLimit = 50;

    public const int MaxLimit = 500;
}
