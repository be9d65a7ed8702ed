namespace Sluice.Storage.Ledger.Blocks;

/// <summary>The body of a block does not follow its format: it was altered, or is of a newer version.</summary>
public sealed class BlockFormatException : Exception
{
    /// <param name="offset">The position in the unpacked body, in bytes.</param>
    /// <param name="problem">What is wrong there.</param>
    public BlockFormatException(int offset, string problem)
        : base($"The body of the block is not valid at byte {offset}: {problem}")
    {
        Offset = offset;
    }

    /// <summary>Gets the position in the unpacked body, in bytes.</summary>
    public int Offset { get; }
}
