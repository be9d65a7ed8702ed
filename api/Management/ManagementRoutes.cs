using Sluice.Api.Auth;
using Sluice.Api.Management.Account;
using Sluice.Api.Management.Audit;
using Sluice.Api.Management.Boosts;
using Sluice.Api.Management.Diagnostics;
using Sluice.Api.Management.Invitations;
using Sluice.Api.Management.Jobs;
using Sluice.Api.Management.Keys;
using Sluice.Api.Management.Limits;
using Sluice.Api.Management.Members;
using Sluice.Api.Management.Metrics;
using Sluice.Api.Management.Notifications;
using Sluice.Api.Management.Prices;
using Sluice.Api.Management.Projects;
using Sluice.Api.Management.QuotaRequests;
using Sluice.Api.Management.Reconciliation;
using Sluice.Api.Management.Seats;
using Sluice.Api.Management.Statements;
using Sluice.Api.Management.Tenants;
using Sluice.Api.Management.Usage;
using Sluice.Api.Management.Webhooks;

namespace Sluice.Api.Management;

/// <summary>The table of contents of the management API.</summary>
internal static class ManagementRoutes
{
    public static void MapManagement(this IEndpointRouteBuilder app)
    {
        var tenants = Group(app, "Tenants");
        CreateTenant.Map(tenants);
        ListTenants.Map(tenants);
        GetTenant.Map(tenants);
        ChangeTenant.Map(tenants);
        DeleteTenant.Map(tenants);
        SuspendTenant.Map(tenants);
        ResumeTenant.Map(tenants);
        GetSettings.Map(tenants);
        ChangeSettings.Map(tenants);

        MapLimits(app);

        var prices = Group(app, "Prices and metrics");
        PutPriceBook.Map(prices);
        GetPriceBook.Map(prices);
        ListMetrics.Map(prices);
        AddMetric.Map(prices);

        var projects = Group(app, "Projects");
        CreateProject.Map(projects);
        ListProjects.Map(projects);
        GetProject.Map(projects);
        ChangeProject.Map(projects);
        DeleteProject.Map(projects);

        MapKeys(app);

        var usage = Group(app, "Usage");
        GetUsage.Map(usage);
        GetUsageTrend.Map(usage);
        GetOwnUsage.Map(usage);
        GetState.Map(usage);
        GetUnpricedUsage.Map(usage);

        MapPeople(app);
        MapNotifications(app);
        MapWebhooks(app);
        GetAudit.Map(Group(app, "Audit"));

        var statements = Group(app, "Statements");
        ListStatements.Map(statements);
        GetStatement.Map(statements);
        var jobs = Group(app, "Jobs");
        ListJobs.Map(jobs);
        GetReconciliation.Map(jobs);
        GetDiagnostics.Map(Group(app, "Diagnostics"));
    }

    private static void MapNotifications(IEndpointRouteBuilder app)
    {
        var notifications = Group(app, "Notifications");
        ListAllNotifications.Map(notifications);
        ResendNotification.Map(notifications);
        ListNotifications.Map(notifications);
        TestNotification.Map(notifications);
    }

    private static void MapPeople(IEndpointRouteBuilder app)
    {
        var members = Group(app, "Members");
        ListMembers.Map(members);
        GetMember.Map(members);
        CreateMember.Map(members);
        ChangeMember.Map(members);
        RemoveMember.Map(members);
        TransferOwnership.Map(members);
        ResetPassword.Map(members);
        ResetMfa.Map(members);

        var projectMembers = Group(app, "Project members");
        ListProjectMembers.Map(projectMembers);
        SetProjectMember.Map(projectMembers);
        RemoveProjectMember.Map(projectMembers);

        var invitations = Group(app, "Invitations");
        ListInvitations.Map(invitations);
        InviteMember.Map(invitations);
        InviteByLink.Map(invitations);
        RevokeInvitation.Map(invitations);
        ResendInvitation.Map(invitations);
        AcceptInvitation.Map(invitations);

        var account = Group(app, "Account");
        SignIn.Map(account);
        SignOut.Map(account);
        GetMe.Map(account);
        ChangePassword.Map(account);
        EnrollMfa.Map(account);
        ConfirmMfa.Map(account);
        DisableMfa.Map(account);
        ListTokens.Map(account);
        CreateToken.Map(account);
        DeleteToken.Map(account);
    }

    private static void MapLimits(IEndpointRouteBuilder app)
    {
        var limits = Group(app, "Limits");
        SetQuota.Map(limits);
        SetUsageThresholds.Map(limits);
        GetUsageThresholds.Map(limits);
        ListLimits.Map(limits);
        SetTenantLimit.Map(limits);
        SetProjectLimit.Map(limits);
        SetKeyLimit.Map(limits);
        SetSeatWarnings.Map(limits);
        CreateBoost.Map(limits);
        ListBoosts.Map(limits);
        DeleteBoost.Map(limits);

        var quotaRequests = Group(app, "Quota requests");
        RequestQuota.Map(quotaRequests);
        ListQuotaRequests.Map(quotaRequests);
        ListAllQuotaRequests.Map(quotaRequests);
        EnterQuotaRequest.Map(quotaRequests);
        ApproveQuotaRequest.Map(quotaRequests);
        DenyQuotaRequest.Map(quotaRequests);
    }

    private static void MapKeys(IEndpointRouteBuilder app)
    {
        var keys = Group(app, "Keys");
        CreateProjectKey.Map(keys);
        ListProjectKeys.Map(keys);
        ChangeProjectKey.Map(keys);
        RegenerateProjectKey.Map(keys);
        DeleteProjectKey.Map(keys);
        GetKey.Map(keys);
        GetPersonalKey.Map(keys);
        CreatePersonalKey.Map(keys);
        RegeneratePersonalKey.Map(keys);
        DeletePersonalKey.Map(keys);
        DeleteMembersKey.Map(keys);

        var seats = Group(app, "Seats");
        CreateSubscription.Map(seats);
        ListSubscriptions.Map(seats);
        RenewSubscription.Map(seats);
        ListSeats.Map(seats);
        AssignSeat.Map(seats);
        ReclaimSeat.Map(seats);
        CreateSeatKey.Map(seats);
        GetSeatKey.Map(seats);
        RegenerateSeatKey.Map(seats);
        DeleteSeatKey.Map(seats);
    }

    private static void MapWebhooks(IEndpointRouteBuilder app)
    {
        var webhooks = Group(app, "Webhooks");
        ListWebhooks.Map(webhooks);
        CreateWebhook.Map(webhooks);
        GetWebhook.Map(webhooks);
        ChangeWebhook.Map(webhooks);
        DeleteWebhook.Map(webhooks);
        TestWebhook.Map(webhooks);
        RotateWebhookSecret.Map(webhooks);
        ListDeliveries.Map(webhooks);
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder app, string tag) =>
        app.MapGroup("")
            .WithTags(tag)
            .RequireAuthorization(Principals.Management)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
