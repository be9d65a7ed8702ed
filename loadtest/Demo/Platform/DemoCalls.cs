using System.Security.Cryptography;
using Sluice.Client;
using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Demo.Platform;

/// <summary>Clients of one node: of the operator, the gateway, and of people who sign in.</summary>
internal sealed class DemoCalls(HttpClient http, string operatorToken, string gatewayToken)
{
    private const int PasswordBytes = 9;

    public SluiceClient Operator { get; } = new(http, operatorToken);

    public SluiceClient Gateway { get; } = new(http, gatewayToken);

    /// <summary>Signs in with a one-time password and replaces it.</summary>
    /// <returns>The member's client, and the new password.</returns>
    public async Task<(SluiceClient Client, string Password)> SignInAsync(
        string tenantId, string userName, string oneTimePassword, CancellationToken cancellation)
    {
        var session = Of(await new SluiceClient(http).SignInAsync(
            new() { Tenant = tenantId, UserName = userName, Password = oneTimePassword }, cancellation));
        var member = new SluiceClient(http, session.AccessToken);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
        Of(await member.ChangePasswordAsync(
            new() { Current = oneTimePassword, New = password }, ct: cancellation));
        return (member, password);
    }

    /// <exception cref="ManagementException">The call was refused.</exception>
    public static T Of<T>(SluiceResult<T> result)
        where T : class =>
        result.Problem is { } problem
            ? throw new ManagementException($"{problem.Type}: {problem.Detail}")
            : result.Value!;
}
