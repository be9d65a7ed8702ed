namespace Sluice.Api.Problems;

/// <summary>The <c>type</c> of every problem that this API returns: stable values to branch on.</summary>
public static class ProblemTypes
{
    public const string BadRequest = "/problems/bad-request";
    public const string Unauthorized = "/problems/unauthorized";
    public const string Forbidden = "/problems/forbidden";
    public const string NotFound = "/problems/not-found";
    public const string MethodNotAllowed = "/problems/method-not-allowed";
    public const string Conflict = "/problems/conflict";
    public const string Changed = "/problems/changed";
    public const string TooLarge = "/problems/too-large";
    public const string UnsupportedMediaType = "/problems/unsupported-media-type";
    public const string RuleBroken = "/problems/rule-broken";
    public const string TooMany = "/problems/too-many-attempts";
    public const string TooManyBatches = "/problems/too-many-batches";
    public const string KeyReused = "/problems/idempotency-key-reused";
    public const string Unavailable = "/problems/unavailable";
    public const string NotInForce = "/problems/not-in-force-everywhere";
    public const string Internal = "/problems/internal";
}
