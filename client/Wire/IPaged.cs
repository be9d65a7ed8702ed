namespace Sluice.Client.Wire;

/// <summary>A part of a list.</summary>
public interface IPaged
{
    /// <summary>What <c>after</c> must be to read the next page; null on the last one.</summary>
    string? Next { get; }
}
