using Microsoft.AspNetCore.Http;

namespace Sluice.Bench.Peers;

/// <summary>
/// Answers of the same size as Sluice's: one with three limits, as its fleet in this comparison has. They are fixed
/// text, which spares the peers the cost of writing them.
/// </summary>
internal static class PeerAnswers
{
    private static readonly byte[] Allowed =
        """
        {"id":"bench-00000000","allowed":true,"duplicate":false,"state":"ok","amount":0.00006,"credits":0,"limits":[
        {"scope":"key","scopeId":"k0000000000A","metric":"text_tokens","kind":"blocked","source":"key",
        "limit":1000000000000,"used":123456700,"held":0,"remaining":999876543300,"resetsAt":"2030-01-01T00:00:00Z"},
        {"scope":"project","scopeId":"p0000000000A","metric":"amount","kind":"blocked","source":"limit",
        "limit":1000000000,"used":740.7402,"held":0,"remaining":999999259.2598,"resetsAt":"2030-01-01T00:00:00Z"},
        {"scope":"tenant","scopeId":"t0000000000A","metric":"text_tokens","kind":"blocked","source":"threshold",
        "limit":1000000000000,"used":987654300,"held":0,"remaining":999012345700,"resetsAt":"2030-01-01T00:00:00Z"}]}
        """u8.ToArray();

    private static readonly byte[] Refused =
        """{"type":"urn:peer/limit-reached","title":"A limit is reached","status":429,"allowed":false}"""u8.ToArray();

    public static Task WriteAsync(HttpContext context, bool allowed)
    {
        var body = allowed ? Allowed : Refused;
        context.Response.StatusCode = allowed ? StatusCodes.Status200OK : StatusCodes.Status429TooManyRequests;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
