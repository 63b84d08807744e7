/** Spanish words for the rules that find names (src/entities/name-rules.ts). */
import type { NameLists } from "../name-lists.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const ES_NAMES: NameLists = {
  stem: (word) => word,
  given: words(`
    aarón abel abraham adela adolfo adrián adriana agustín aída alan alba alberto alejandra alejandro alexis alfonso alfredo
    alicia alma alonso álvaro amanda amelia ana andrea andrés ángel ángela aníbal antonia antónio antonio araceli ariel armando arturo
    aurora bárbara beatriz belén benito benjamín bernardo berta blanca bruno camila camilo carla carlos carmen carolina
    catalina cecilia césar clara claudia claudio clemente concepción consuelo cristian cristina cristóbal daniel daniela dario
    darío david débora delfina diana diego dolores domingo edgar edmundo eduardo elena elías elisa elvira emilia emiliano emilio
    enrique erika ernesto esteban estela esther eugenia eugenio eva evelyn fabián fátima federico felipe félix fermín fernanda
    fernando fidel florencia francisca francisco franco gabriel gabriela germán gerardo gilberto gilda gloria gonzalo graciela
    gregorio guadalupe guillermo gustavo héctor hernán hilda horacio hugo humberto ignacio iker inés irene irma isabel isidro
    ismael iván jacinto jaime javier jesús jimena joaquín jordi jorge josé josefa josefina juan juana julia julián juliana julio
    karina lara laura lautaro leandro leonardo leonor leopoldo leticia lidia liliana lorena lorenzo lucas lucía luis luisa
    magdalena manuel manuela marcela marcelo marco marcos margarita maría mariana mariano marina mario marta martín mateo matías
    mauricio máximo mercedes miguel mireya mónica montserrat natalia nelson néstor nicolás noelia norma nuria octavio ofelia
    olga omar oriol orlando óscar osvaldo pablo paloma pamela paola patricia patricio paula paz pedro pilar quim rafael ramiro
    ramón raquel raúl rebeca regina renato ricardo rigoberto roberto rocío rodolfo rodrigo rogelio romina rosa rosario rubén
    salvador samuel sandra santiago sara saúl sebastián sergio silvia simón sofía soledad sonia susana tamara teodoro teresa
    tomás trinidad úrsula valentín valentina valeria verónica vicente víctor victoria violeta virginia viviana walter wilfredo
    ximena yolanda`),
  titles: words(`
    presidente presidenta expresidente expresidenta vicepresidente vicepresidenta ministro ministra exministro exministra
    canciller gobernador gobernadora alcalde alcaldesa senador senadora diputado diputada juez jueza fiscal portavoz candidato
    candidata líder lideresa secretario secretaria director directora general coronel capitán comandante comisario embajador
    embajadora obispo arzobispo papa rey reina príncipe princesa periodista abogado abogada activista opositor opositora
    dirigente doctor doctora don doña señor señora economista analista profesor profesora empresario empresaria escritor
    escritora`),
  bodies: words(`
    ministerio tribunal corte banco comisión comité consejo congreso senado cámara parlamento asamblea partido frente movimiento
    alianza coalición unión federación confederación asociación sindicato universidad instituto fundación organización agencia
    fiscalía procuraduría defensoría contraloría secretaría subsecretaría guardia policía ejército armada fuerza fuerzas marina
    cruz cancillería gobernación intendencia servicio dirección junta central liga club grupo compañía corporación empresa
    observatorio autoridad oficina centro colegio academia ayuntamiento audiencia superintendencia hospital ejecutivo`),
  kinds: words(
    "empresa compañía diario periódico agencia cadena semanario petrolera aerolínea farmacéutica emisora revista banda",
  ),
  lowerBodies: false,
  acronyms: words(
    "ONU OTAN FMI OEA UE CIDH OMS OIT UNICEF ACNUR UNESCO BID FARC ELN PSOE PP FBI CIA DEA BCE OPEP OCDE",
  ),
  surname: /^$/,
  innerOfPerson: words("de el la los las del"),
  innerOfBody: words("de el la los las del y para e"),
  places: words("en desde hacia"),
  never: words(`
    lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre
    noviembre diciembre navidad twitter facebook instagram telegram whatsapp youtube google internet dios estado gobierno
    constitución`),
};
