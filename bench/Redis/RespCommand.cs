using System.Globalization;
using System.Text;

namespace Sluice.Bench.Redis;

/// <summary>Encodes commands as arrays of bulk strings.</summary>
internal static class RespCommand
{
    public static byte[] Encode(params ReadOnlySpan<string> words)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words)
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
