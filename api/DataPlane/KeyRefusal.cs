using System.Text;
using Sluice.Api.Auth;
using Sluice.Engine.Caches;
using Sluice.Engine.Keys;
using Sluice.Storage.Control.Credentials;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Says why a credential is refused. A wrong secret gets the same sentence whatever is wrong with it. Only the holder
/// of a secret that is valid in itself learns more: that its tenant is suspended or its seat's plan has ended, or that
/// another kind of token is needed here.
/// </summary>
internal static class KeyRefusal
{
    private const string Suspended = "The tenant of this API key is suspended; the key works again when it is resumed.";

    private const string PlanEnded =
        "The plan of this API key's seat has ended. When it is renewed, the seat gets a new key.";

    /// <summary>Describes why a token is no API key that may be used; the generic sentence for a wrong one.</summary>
    public static async ValueTask<string> DescribeAsync(
        string token, ServiceTokens tokens, KeyCache keys, long nowMs)
    {
        // Both comparisons always run, so that the timing does not reveal which token it is.
        var (isOperator, isGateway) = (tokens.IsOperator(token), tokens.IsGateway(token));
        if (isOperator || isGateway)
            return Needs("an API key", isOperator ? "the operator's token" : "the gateway's token");
        // Its form says so, without a query that anybody could make the node run.
        if (token.StartsWith(SecretText.AccessToken, StringComparison.Ordinal)
            || token.StartsWith(SecretText.Session, StringComparison.Ordinal))
        {
            return Needs("an API key", "a member's access token");
        }

        if (token.Length > SecretText.MaxLength)
            return DataPlaneProblems.NoKey;
        return Describe(await keys.RecogniseAsync(Encoding.UTF8.GetBytes(token)), nowMs);
    }

    /// <summary>Describes why a recognised secret is refused; the generic sentence for one that is not.</summary>
    public static string Describe(SecretHolder? holder, long nowMs)
    {
        // A secret that was replaced is a wrong one, whatever has become of its key.
        if (holder is not { SecretEnded: true, EndedAtMs: long.MaxValue } known)
            return DataPlaneProblems.NoKey;
        if (known.Key.EndedWithPlan(nowMs))
            return PlanEnded;
        return known.Key.Reason == KeyEnd.Suspended ? Suspended : DataPlaneProblems.NoKey;
    }

    /// <summary>Describes which other token is needed where one of the wrong kind was sent.</summary>
    public static string Needs(string needed, string sent) => $"This takes {needed}, and what was sent is {sent}.";
}
