using System.Net;
using Sluice.Metering.Identity;

namespace Sluice.Api.Tests.Hosting;

/// <summary>The usual starting point of tests, set up through the API itself.</summary>
internal static class Scene
{
    /// <summary>The user name of every tenant's owner.</summary>
    public const string OwnerName = "ada";

    private static int _tenants;

    public static object TenantRequest(
        string? billingAccountId = null, string timeZone = "Asia/Tokyo", string currency = "JPY") => new
        {
            name = "Aurora",
            billingAccountId = billingAccountId ?? $"account-{Interlocked.Increment(ref _tenants)}",
            timeZone,
            language = "en",
            currency,
            owner = new { userName = OwnerName, email = "ada@example.com" },
        };

    /// <summary>Creates a tenant; the response has its id, its default project and its owner.</summary>
    public static async Task<Answer> TenantAsync(
        this ApiCaller api, string timeZone = "Asia/Tokyo", string currency = "JPY") =>
        (await api.PostAsync("/api/v1/tenants", TenantRequest(timeZone: timeZone, currency: currency)))
            .Is(HttpStatusCode.Created);

    /// <summary>Returns the number behind an id, or behind the last id of a path.</summary>
    public static long IdOf(string path)
    {
        var id = path.Split('/')[^1];
        return IdText.TryParse(id[0], id, out var value)
            ? value
            : throw new ArgumentException($"{id} is no id", nameof(path));
    }

    /// <summary>Creates a tenant and returns its path.</summary>
    public static async Task<string> TenantPathAsync(this ApiCaller api) =>
        $"/api/v1/tenants/{(await api.TenantAsync()).String("id")}";

    /// <summary>Creates a tenant and returns the path of the keys of its default project.</summary>
    public static async Task<string> KeysPathAsync(this ApiCaller api)
    {
        var tenant = await api.TenantAsync();
        return $"/api/v1/tenants/{tenant.String("id")}/projects/{tenant.String("defaultProjectId")}/keys";
    }

    /// <summary>Puts a price book into force permanently.</summary>
    /// <param name="api">The operator.</param>
    /// <param name="currency">
    /// The currency of the tenants that are rated by it; tests that share a host use different ones.
    /// </param>
    /// <param name="prices">The list as JSON.</param>
    public static async Task PriceAsync(this ApiCaller api, string currency, string prices) =>
        (await api.PutAsync(
            "/api/v1/price-book",
            $$"""{"effectiveFrom": "2026-01-01T00:00:00Z", "currency": "{{currency}}", "prices": {{prices}}}"""))
        .Is(HttpStatusCode.OK);
}
