namespace Sluice.Api.Management.Invitations;

/// <summary>The endpoints tagged "Invitations".</summary>
internal sealed class InvitationsEndpoints() : ManagementGroup("Invitations");
