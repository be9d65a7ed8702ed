using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Sluice.Api.Auth;
using Sluice.Api.KeyRing;
using Sluice.Api.Management.Account;
using Sluice.Api.Management.Boosts;
using Sluice.Api.Management.Invitations;
using Sluice.Api.Management.Keys;
using Sluice.Api.Management.Limits;
using Sluice.Api.Management.Live;
using Sluice.Api.Management.QuotaRequests;
using Sluice.Api.Management.Statements;
using Sluice.Api.Management.Usage;
using Sluice.Api.Problems;
using Sluice.Api.Webhooks;
using Sluice.Storage.Hosting;

namespace Sluice.Api.Management;

/// <summary>Registers the services of the management API, except the engine behind it.</summary>
internal static class ManagementServices
{
    public static IServiceCollection AddManagement(this IServiceCollection services)
    {
        services.AddManagementEndpoints();
        services.AddStorage();
        services.AddScoped<LimitSetter>();
        services.AddScoped<HeldKeys>();
        services.AddScoped<BoostRights>();
        services.AddScoped<QuotaDecider>();
        services.AddScoped<OwnSeat>();
        services.AddScoped<InvitationAcceptance>();
        services.AddSingleton<OpenMonths>();
        services.AddSingleton<UsageReports>();
        services.AddSingleton<StateReader>();
        services.AddSingleton<LiveSource>();
        services.AddSingleton<LiveRights>();
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<LiveHub>();

        services.AddSingleton<ServiceTokens>();
        services.AddSingleton<CallerReader>();
        services.AddSingleton<SealedSecrets>();
        services.AddSingleton<AccountTurns>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<InvitationLinks>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookDispatcher>();
        services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddKeyRing();
        SignInLimiter.Add(services);
        services.AddAuthentication(Principals.Scheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Principals.Scheme, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Principals.Operator, static policy => policy.RequireRole(Principals.Operator))
            .AddPolicy(
                Principals.Management,
                static policy => policy.RequireRole(Principals.Operator, Principals.Member))
            .AddPolicy(Principals.Gateway, static policy => policy.RequireRole(Principals.Gateway));

        services.AddProblemDetails();
        services.AddExceptionHandler<FailureHandler>();
        services.ConfigureHttpJsonOptions(static options => Shape(options.SerializerOptions));
        return services;
    }

    /// <summary>Configures the JSON of the contract: nothing is guessed, and nothing unknown is ignored.</summary>
    private static void Shape(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.PropertyNameCaseInsensitive = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.Converters.Add(new Rfc3339Converter());
    }
}
