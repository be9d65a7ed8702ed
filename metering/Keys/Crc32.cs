namespace Sluice.Metering.Keys;

/// <summary>
/// CRC-32 as in gzip and IEEE 802.3 (reflected polynomial 0xEDB88320). It finds every change of a single character
/// and every swap of two neighbours, which is what typing and copying get wrong. It keeps nobody out: the secret does.
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB8_8320;

    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            table[i] = crc;
        }

        return table;
    }
}
