export interface Person {
  key: string
  given: string
  surname: string
  /** Before the @ of contoso.com, or a whole user principal name. */
  name: string
  department: string
  title: string
  /** Key of the manager, or `-`. */
  manager: string
  country: string
  office: string
}

const ROWS = `
patti     |Patti    |Fernandez |pattif   |Executive  |President                     |-        |US|HQ/4100
miriam    |Miriam   |Graham    |miriamg  |Marketing  |Marketing Director            |patti    |US|HQ/2103
megan     |Megan    |Bowen     |meganb   |Engineering|Engineering Director          |patti    |US|12/1110
lynne     |Lynne    |Robbins   |lynner   |HR         |HR Director                   |patti    |US|20/1104
nestor    |Nestor   |Wilke     |nestorw  |IT         |Director of IT                |patti    |US|36/2121
lee       |Lee      |Gu        |leeg     |Operations |Director of Operations        |patti    |US|23/3101
debra     |Debra    |Berger    |debrab   |Finance    |Chief Financial Officer       |patti    |GB|18/2107
bianca    |Bianca   |Pisani    |biancap  |Sales      |Sales Director                |patti    |IT|Milano/2
grady     |Grady    |Archie    |gradya   |Legal      |General Counsel               |patti    |US|19/2109
adele     |Adele    |Vance     |adelev   |Engineering|Robotics Engineer             |megan    |US|18/2111
isaiah    |Isaiah   |Langer    |isaiahl  |IT         |Helpdesk Analyst              |nestor   |US|20/1101
alex      |Alex     |Wilber    |alexw    |IT         |Helpdesk Analyst              |nestor   |US|131/1104
pradeep   |Pradeep  |Gupta     |pradeepg |Engineering|Principal Engineer            |megan    |IN|Pune/98
diego     |Diego    |Siciliani |diegos   |HR         |HR Manager                    |lynne    |US|14/1108
johanna   |Johanna  |Lorenz    |johannal |Engineering|Senior Engineer               |megan    |DE|Berlin/23
joni      |Joni     |Sherman   |jonis    |Legal      |Paralegal                     |grady    |US|20/1109
allan     |Allan    |Deyoung   |alland   |IT         |IT Administrator              |nestor   |US|24/1106
henrietta |Henrietta|Mueller   |henriettam|Marketing |Marketing Assistant           |miriam   |DE|Berlin/24
irvin     |Irvin    |Sayers    |irvins   |Marketing  |Project Manager               |miriam   |US|18/2102
enrico    |Enrico   |Cattaneo  |enricoc  |Legal      |Attorney                      |grady    |IT|Milano/3
christie  |Christie |Cline     |christiec|Finance    |Buyer                         |debra    |US|12/1109
siobhan   |Siobhán  |O'Brien   |s.o'brien|Operations |Logistics Coordinator         |lee      |IE|Dublin/5
marko     |Marko    |Dorn      |markod   |Marketing  |Head of *markdown_[x](y)*     |miriam   |DE|Berlin/25
layla     |ليلى     |حداد      |laylah   |Sales      |Account Executive             |bianca   |AE|Dubai/12
noam      |נועם     |לוי       |noaml    |Engineering|Firmware Engineer             |johanna  |IL|Haifa/3
robin     |Robin 🚀 |Sparks    |robins   |Marketing  |Community Manager             |miriam   |CA|Toronto/7
chrisSales|Chris    |Green     |chrisg   |Sales      |Account Manager               |bianca   |US|HQ/2201
chrisFinance|Chris  |Green     |cgreen   |Finance    |Payroll Specialist            |debra    |GB|London/6
ben       |Ben      |Walters   |benw     |Finance    |VP Finance                    |debra    |US|19/3123
sanjay    |Sanjay   |Shah      |sanjays  |Engineering|Software Engineer             |pradeep  |IN|Pune/99
emily     |Emily    |Braun     |emilyb   |Finance    |Budget Analyst                |ben      |US|97/2302
delia     |Delia    |Dennis    |deliad   |HR         |HR Specialist                 |diego    |US|97/2301
gerhart   |Gerhart  |Moller    |gerhartm |Operations |Supply Chain Manager          |lee      |DK|Copenhagen/1
raul      |Raul     |Razo      |raulr    |Marketing  |Marketing Assistant           |miriam   |ES|Madrid/2
lidia     |Lidia    |Holloway  |lidiah   |Engineering|Product Manager               |megan    |US|20/2107
nikki     |Nikki    |Johnson   |nikkij   |Sales      |Sales Operations              |bianca   |US|HQ/2202
alice     |Alice    |Lucchese  |alicel   |Sales      |Sales Representative          |bianca   |IT|Milano/4
amber     |Amber    |Rodriguez |amberr   |Sales      |Sales Representative          |nikki    |US|HQ/2203
karl      |Karl     |Matteson  |karlm    |IT         |Network Engineer              |allan    |US|36/2122
rebekah   |Rebekah  |McMahon   |rebekahm |Operations |Facilities Lead               |lee      |AU|Sydney/1
serena    |Serena   |Markunaite|serenam  |Engineering|QA Engineer                   |lidia    |LT|Vilnius/1
mina      |Mina     |Ito       |minai    |Sales      |Key Account Manager           |bianca   |JP|Tokyo/8
jean      |Jean-Luc |Lefèvre   |jeanl    |Legal      |Privacy Counsel               |grady    |FR|Paris/3
zoe       |Zoë      |Nuñez-Ortega|zoen    |Operations |Warehouse Planner             |gerhart  |MX|Monterrey/2
li        |Li       |Na        |lina     |Finance    |Accountant                    |ben      |CN|Shanghai/6
oskar     |Oskar    |Åkesson   |oskara   |Engineering|Data Engineer                 |johanna  |SE|Stockholm/2
tomasz    |Tomasz   |Kowalski  |tomaszk  |Engineering|Site Reliability Engineer     |pradeep  |PL|Krakow/1
ines      |Inês     |Carvalho  |inesc    |HR         |Recruiter                     |diego    |PT|Lisbon/1
kofi      |Kofi     |Mensah    |kofim    |Sales      |Sales Engineer                |nikki    |GH|Accra/1
hanna     |Hanna    |Virtanen  |hannav   |IT         |Identity Engineer             |nestor   |FI|Helsinki/1
paolo     |Paolo    |Rossi     |paolor   |Operations |Plant Manager                 |gerhart  |IT|Torino/1
grace     |Grace    |Kim       |gracek   |Engineering|UX Researcher                 |lidia    |KR|Seoul/4
victor    |Victor   |Almeida   |victora  |Marketing  |Copywriter                    |irvin    |BR|Sao Paulo/9
synced    |Harold   |Finch     |haroldf  |Operations |Archivist                     |lee      |US|HQ/0101
disabled  |Dana     |Moran     |danam    |Sales      |Sales Representative          |nikki    |US|HQ/2204
`

/** People who work at Contoso, managers before their reports. */
export const PEOPLE: readonly Person[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [
      key = '',
      given = '',
      surname = '',
      name = '',
      department = '',
      title = '',
      manager = '',
      country = '',
      office = '',
    ] = row.split('|').map((cell) => cell.trim())
    return { key, given, surname, name, department, title, manager, country, office }
  })

export interface Account {
  key: string
  displayName: string
  userPrincipalName: string
  props: Record<string, unknown>
}

const initial = 'contoso.onmicrosoft.com'

/** Accounts that are not a person at a desk: administrators, services, rooms, a guest. */
export const ACCOUNTS: readonly Account[] = [
  account('admin', 'MOD Administrator', `admin@${initial}`),
  account('breakGlass', 'Emergency Access 1', `emergency1@${initial}`),
  account('userAdmin', 'Latchkey Operations', `useradmin@${initial}`),
  account('scanner', 'Scan to Mail', 'scanner@contoso.com'),
  account('conference', 'Conference Room Adams', 'adams@contoso.com'),
  account('backup', 'svc-backup', `svc-backup@${initial}`),
  {
    key: 'guest',
    displayName: 'Provisioning Partner (Fabrikam)',
    userPrincipalName: `partner_fabrikam.example#EXT#@${initial}`,
    props: {
      userType: 'Guest',
      mail: 'partner@fabrikam.example',
      externalUserState: 'Accepted',
      creationType: 'Invitation',
    },
  },
]

function account(key: string, displayName: string, userPrincipalName: string): Account {
  return { key, displayName, userPrincipalName, props: {} }
}
