using System.Net;
using Sluice.Metering.Identity;

namespace Sluice.Api.Tests.Management;

/// <summary>What most tests start from, set up through the API itself.</summary>
internal static class Scene
{
    private static int _tenants;

    public static object TenantRequest(string? billingAccountId = null, string timeZone = "Asia/Tokyo") => new
    {
        name = "Aurora",
        billingAccountId = billingAccountId ?? $"account-{Interlocked.Increment(ref _tenants)}",
        timeZone,
        language = "en",
        currency = "JPY",
        owner = new { userName = "ada", email = "ada@example.com" },
    };

    /// <summary>Creates a tenant; the answer has its id, its default project and its owner.</summary>
    public static async Task<Answer> TenantAsync(this ApiCaller api, string timeZone = "Asia/Tokyo") =>
        (await api.PostAsync("/api/v1/tenants", TenantRequest(timeZone: timeZone))).Is(HttpStatusCode.Created);

    /// <summary>The number behind an id, or behind the last id of a path.</summary>
    public static long IdOf(string path)
    {
        var id = path.Split('/')[^1];
        return IdText.TryParse(id[0], id, out var value)
            ? value
            : throw new ArgumentException($"{id} is no id", nameof(path));
    }

    /// <summary>Path of a new tenant.</summary>
    public static async Task<string> TenantPathAsync(this ApiCaller api) =>
        $"/api/v1/tenants/{(await api.TenantAsync()).String("id")}";

    /// <summary>Path of the keys of a new tenant's default project.</summary>
    public static async Task<string> KeysPathAsync(this ApiCaller api)
    {
        var tenant = await api.TenantAsync();
        return $"/api/v1/tenants/{tenant.String("id")}/projects/{tenant.String("defaultProjectId")}/keys";
    }
}
