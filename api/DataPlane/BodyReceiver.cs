using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Sluice.Api.Problems;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Receives bodies: checks the type, the encoding and the size. A packed body is unpacked, and the bound of its size
/// holds for what it unpacks to, so that a small body can't make the node hold a large one.
/// </summary>
internal static class BodyReceiver
{
    /// <summary>The encodings that are accepted, as a refusal names them.</summary>
    private const string Encodings = "gzip, br";

    private const int UnpackedAtOnce = 64 << 10;

    /// <summary>Maximum bytes that a body unpacks to for each of its own; JSON of events reaches about 20.</summary>
    private const int UnpackedRatioMax = 100;

    /// <summary>Bytes that any body may unpack to.</summary>
    private const int UnpackedAlways = 65_536;

    private enum Packing
    {
        None,
        Gzip,
        Brotli,
        Unknown,
    }

    /// <summary>
    /// Returns the whole body; null after a refusal was sent because it is too large, of the wrong type, or packed in
    /// an unknown way.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="bytesMax">The most bytes, unpacked.</param>
    /// <param name="types">The content types that are accepted.</param>
    /// <param name="unpack">Runs the unpacking; at once if null.</param>
    public static async ValueTask<ReceivedBody?> ReceiveAsync(
        HttpContext http, int bytesMax, string[] types, Func<Action, Task>? unpack = null)
    {
        if (!IsOneOf(http.Request.ContentType, types))
        {
            await DataPlaneHost.SendProblemAsync(
                http, 415, ProblemTypes.UnsupportedMediaType, "The body has the wrong type.",
                $"The content type must be {string.Join(" or ", types)}.");
            return null;
        }

        var packing = PackingOf(http.Request.Headers.ContentEncoding.ToString());
        if (packing == Packing.Unknown)
        {
            http.Response.Headers.AcceptEncoding = Encodings;
            await DataPlaneHost.SendProblemAsync(
                http, 415, ProblemTypes.UnsupportedMediaType, "The body is packed in an unknown way.",
                $"Content-Encoding: Must be one of {Encodings}, or absent.");
            return null;
        }

        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (http.Request.ContentLength > bytesMax || read.Buffer.Length > bytesMax)
            {
                await DiscardAsync(reader, read, http.RequestAborted);
                await SendTooLargeAsync(http, bytesMax);
                return null;
            }

            if (read.IsCompleted)
            {
                return packing == Packing.None || read.Buffer.IsEmpty
                    ? new ReceivedBody(read.Buffer, Unpacked: false)
                    : await UnpackAsync(http, read.Buffer, packing, bytesMax, unpack ?? AtOnceAsync);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async ValueTask<ReceivedBody?> UnpackAsync(
        HttpContext http, ReadOnlySequence<byte> packed, Packing packing, int bytesMax, Func<Action, Task> run)
    {
        ReadOnlyMemory<byte>? unpacked = null;
        var broken = false;
        try
        {
            await run(() => unpacked = Unpack(packed, packing, UnpackedMax(packed.Length, bytesMax)));
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            broken = true;
        }

        http.Request.BodyReader.AdvanceTo(packed.End);
        if (unpacked is { } bytes)
            return new ReceivedBody(new ReadOnlySequence<byte>(bytes), Unpacked: true);
        if (broken)
        {
            var name = packing == Packing.Gzip ? "gzip" : "br";
            await DataPlaneHost.SendFaultsAsync(
                http, [new BodyFault("", $"The body is not valid {name}, as its Content-Encoding says.", false)]);
        }
        else
        {
            await SendTooLargeAsync(http, UnpackedMax(packed.Length, bytesMax));
        }

        return null;
    }

    private static Task AtOnceAsync(Action work)
    {
        work();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Bounds what a body unpacks to by its own size too: a few bytes must not cost the work of sixteen megabytes.
    /// </summary>
    private static int UnpackedMax(long packedBytes, int bytesMax) =>
        (int)Math.Min(bytesMax, UnpackedAlways + (packedBytes * UnpackedRatioMax));

    /// <summary>Unpacks a body; null if it is larger than allowed, without unpacking the rest of it.</summary>
    private static ReadOnlyMemory<byte>? Unpack(ReadOnlySequence<byte> packed, Packing packing, int bytesMax)
    {
        using var source = PipeReader.Create(packed).AsStream();
        using Stream stream = packing == Packing.Gzip
            ? new GZipStream(source, CompressionMode.Decompress)
            : new BrotliStream(source, CompressionMode.Decompress);
        var bytes = new ArrayBufferWriter<byte>(UnpackedAtOnce);
        while (true)
        {
            var count = stream.Read(bytes.GetSpan(UnpackedAtOnce));
            if (count == 0)
                return bytes.WrittenMemory;
            bytes.Advance(count);
            if (bytes.WrittenCount > bytesMax)
                return null;
        }
    }

    private static ValueTask<FlushResult> SendTooLargeAsync(HttpContext http, int bytesMax) =>
        DataPlaneHost.SendProblemAsync(
            http, 413, ProblemTypes.TooLarge, "The body is too large.", $"It may have at most {bytesMax} bytes.");

    private static async ValueTask DiscardAsync(PipeReader reader, ReadResult read, CancellationToken ct)
    {
        while (true)
        {
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
            read = await reader.ReadAsync(ct);
        }
    }

    private static Packing PackingOf(string encoding) => encoding.Trim().ToUpperInvariant() switch
    {
        "" or "IDENTITY" => Packing.None,
        "GZIP" or "X-GZIP" => Packing.Gzip,
        "BR" => Packing.Brotli,
        _ => Packing.Unknown,
    };

    private static bool IsOneOf(string? contentType, string[] types)
    {
        if (contentType is null)
            return false;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = end < 0 ? contentType : contentType[..end].TrimEnd();
        foreach (var wanted in types)
        {
            if (wanted.Equals(type, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
