namespace Sluice.Client.Wire;

/// <summary>A part of a list, with its items.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public interface IPage<out T> : IPaged
{
    /// <summary>The items of this page.</summary>
    IReadOnlyList<T> Items { get; }
}
